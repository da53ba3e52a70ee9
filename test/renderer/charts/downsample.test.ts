import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lowerBound, minMaxColumns, nearestPoint } from '../../../renderer/charts/downsample.ts';

const values = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 600 });

describe('points to draw', () => {
  it('are all points where they are few', () => {
    const line = minMaxColumns([0, 1, 2], [5, NaN, 7], 100);
    expect([...line.x]).toEqual([0, 1, 2]);
    expect([...line.y]).toEqual([5, NaN, 7]);
  });

  it('are at most four a column, in order, and hold the first, the last, the lowest and the highest', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 20 }), (y, columns) => {
        const x = y.map((_, i) => i * 3);
        const line = minMaxColumns(x, y, columns);
        expect(line.x.length).toBeLessThanOrEqual(Math.max(y.length <= 4 * columns ? y.length : 0, 4 * columns));
        for (let i = 1; i < line.x.length; i++) expect(line.x[i]).toBeGreaterThan(line.x[i - 1]!);
        expect(line.x[0]).toBe(0);
        expect(line.x.at(-1)).toBe(x.at(-1));
        expect(Math.min(...line.y)).toBe(Math.min(...y));
        expect(Math.max(...line.y)).toBe(Math.max(...y));
        for (let i = 0; i < line.x.length; i++) expect(line.y[i]).toBe(y[line.x[i]! / 3]);
      }),
    );
  });

  it('keep the extremes of each pixel column, as a loop over all points finds them', () => {
    const x = Float64Array.from({ length: 10_000 }, (_, i) => i);
    const y = x.map((i) => Math.sin(i / 37) + Math.sin(i * 12.9898) / 3);
    const columns = 100;
    const line = minMaxColumns(x, y, columns);
    const width = x.at(-1)! / columns;
    for (let column = 0; column < columns - 1; column++) {
      const inside = (value: number) => value >= column * width && value < (column + 1) * width;
      const all = [...x].filter(inside).map((i) => y[i]!);
      const drawn = [...line.x.keys()].filter((i) => inside(line.x[i]!)).map((i) => line.y[i]!);
      expect(Math.max(...drawn)).toBe(Math.max(...all));
      expect(Math.min(...drawn)).toBe(Math.min(...all));
    }
  });

  it('keep a gap a gap', () => {
    const x = Float64Array.from({ length: 1000 }, (_, i) => i);
    const y = x.map((i) => (i === 503 ? NaN : i % 7));
    const line = minMaxColumns(x, y, 10);
    expect([...line.x].filter((_, i) => Number.isNaN(line.y[i]!))).toEqual([503]);
  });
});

describe('the point under the cursor', () => {
  it('is the nearest that has a value', () => {
    expect(lowerBound([1, 3, 5], 3)).toBe(1);
    expect(lowerBound([1, 3, 5], 6)).toBe(3);
    expect(nearestPoint([0, 10, 20], [1, NaN, 3], 9)).toBe(0);
    expect(nearestPoint([0, 10, 20], [1, NaN, 3], 11)).toBe(2);
    expect(nearestPoint([0, 10], [NaN, NaN], 3)).toBe(-1);
    expect(nearestPoint([], [], 3)).toBe(-1);
  });
});
