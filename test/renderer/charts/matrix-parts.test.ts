import { describe, expect, it } from 'vitest';
import { movedCell } from '../../../renderer/charts/matrix-parts.ts';

describe('arrows in a matrix', () => {
  it('go from cell to cell and stop at the border', () => {
    expect(movedCell({ row: 1, column: 1 }, 'ArrowLeft', false, 3)).toEqual({ row: 1, column: 0 });
    expect(movedCell({ row: 0, column: 0 }, 'ArrowUp', false, 3)).toEqual({ row: 0, column: 0 });
    expect(movedCell({ row: 1, column: 1 }, 'End', false, 3)).toEqual({ row: 1, column: 2 });
    expect(movedCell({ row: 1, column: 1 }, 'End', true, 3)).toEqual({ row: 2, column: 2 });
    expect(movedCell({ row: 1, column: 1 }, 'x', false, 3)).toBeNull();
  });
});
