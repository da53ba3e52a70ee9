import { describe, expect, it } from 'vitest';
import { anchorsOf, rangeOfX, rangeOfY, rowsOf, valueNear } from '../../../renderer/charts/line-read-out.ts';
import type { LineSeries } from '../../../renderer/charts/line-series.ts';

const series = (role: LineSeries['role'], x: number[], y: number[]): LineSeries => ({
  id: role,
  role,
  label: role,
  x: Float64Array.from(x),
  y: Float64Array.from(y),
});
const validation = series('validation', [1, 2, 3], [0.6, 0.8, 0.9]);
const steps = series('training', [0.5, 1, 1.5, 2, 2.5, 3], [6, 5, 4, 3, 2, 1]);
const ensemble = series('ensemble', [2, 3], [0.85, 0.92]);

describe('the value at the cursor', () => {
  it('is that of the nearest point, the newest without a cursor', () => {
    expect(valueNear(validation, 1.4)).toBe(0.6);
    expect(valueNear(validation, 1.6)).toBe(0.8);
    expect(valueNear(validation, null)).toBe(0.9);
    expect(valueNear(series('validation', [], []), 1)).toBeNull();
  });

  it('is what holds there on a line of steps', () => {
    expect(valueNear(ensemble, 2.9)).toBe(0.85);
    expect(valueNear(ensemble, 3)).toBe(0.92);
    expect(valueNear(ensemble, 1)).toBeNull();
  });
});

describe('the places where keys stop', () => {
  it('are the points of the series with the fewest, evenly thinned', () => {
    expect(anchorsOf([steps, validation])).toEqual([1, 2, 3]);
    expect(anchorsOf([ensemble, validation])).toEqual([1, 2, 3]);
    expect(anchorsOf([ensemble])).toEqual([2, 3]);
    expect(anchorsOf([steps], 3)).toEqual([0.5, 2, 3]);
    expect(anchorsOf([series('training', [], [])])).toEqual([]);
  });

  it('make the rows of the table', () => {
    const table = rowsOf([validation, ensemble], 'epoch', String, String);
    expect(table.columns).toEqual(['epoch', 'validation', 'ensemble']);
    expect(table.rows).toEqual([
      ['1', '0.6', '–'],
      ['2', '0.8', '0.85'],
      ['3', '0.9', '0.92'],
    ]);
  });
});

describe('the ends of the axes', () => {
  it('hold all series, and of y what is shown with its neighbours', () => {
    expect(rangeOfX([validation, steps])).toEqual([0.5, 3]);
    expect(rangeOfX([])).toEqual([0, 1]);
    expect(rangeOfX([series('training', [2], [1])])).toEqual([1.5, 2.5]);
    expect(rangeOfY([steps], [1.4, 2.1])).toEqual([2, 5]);
    expect(rangeOfY([steps], [0, 9])).toEqual([1, 6]);
  });
});
