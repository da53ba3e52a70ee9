import { describe, expect, it } from 'vitest';
import { sealDots } from '../../../../renderer/views/export/seal.ts';

describe('the dots of the seal', () => {
  it('hang as far under the line as they are below the limit', () => {
    const dots = sealDots([1e-4, 1e-6, 0, 5e-5], 1e-4);
    expect(dots.map(({ y }) => Number(y.toFixed(2)))).toEqual([0, 0.4, 1, 0.06]);
    expect(dots.map(({ worst }) => worst)).toEqual([true, false, false, false]);
    expect(dots.map(({ x }) => x)).toEqual([0.125, 0.375, 0.625, 0.875]);
  });

  it('stand inside where there is no limit, and where nothing differs', () => {
    for (const dots of [
      sealDots([0.2, 0.01, 0], null),
      sealDots([0, 0], 1e-4),
      sealDots([0], null),
      sealDots([], null),
    ])
      for (const { x, y } of dots) {
        expect(x).toBeGreaterThan(0);
        expect(x).toBeLessThan(1);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(1);
      }
  });
});
