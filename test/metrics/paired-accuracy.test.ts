import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pairedAccuracy } from '../../src/metrics/paired-accuracy.ts';

/** `both`, `first`, `second`, `none`: pictures that both, only one, or no model names right. */
function answers(both: number, first: number, second: number, none: number) {
  const rows = [
    ...new Array<[number, number]>(both).fill([1, 1]),
    ...new Array<[number, number]>(first).fill([1, 0]),
    ...new Array<[number, number]>(second).fill([0, 1]),
    ...new Array<[number, number]>(none).fill([0, 0]),
  ];
  return pairedAccuracy(
    rows.map(([a]) => a),
    rows.map(([, b]) => b),
    rows.map(() => 1),
  );
}

describe('pairedAccuracy', () => {
  it('gives the interval of Agresti & Min worked by hand', () => {
    // b = 12, c = 4, n = 100: centre 8 / 102, standard error sqrt(12.5 + 4.5 − 64 / 102) / 102.
    const { difference, low, high, n } = answers(80, 12, 4, 4);
    const half = (1.959963984540054 * Math.sqrt(17 - 64 / 102)) / 102;
    expect([difference, n]).toEqual([0.08, 100]);
    expect(low).toBeCloseTo(8 / 102 - half, 12);
    expect(high).toBeCloseTo(8 / 102 + half, 12);
  });

  it('calls chance what an exact test calls chance', () => {
    // Five of five differing pictures: two-sided 2 · 2^−5 = 0.0625. Six of six: 0.03125.
    expect(answers(145, 5, 0, 0).withinChance).toBe(true);
    expect(answers(144, 6, 0, 0).withinChance).toBe(false);
    expect(answers(0, 0, 0, 0)).toMatchObject({ n: 0, withinChance: true });
  });

  it('turns round with its models, and holds the difference', () => {
    const count = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(count, count, count, count, (both, first, second, none) => {
        const one = answers(both, first, second, none);
        const other = answers(both, second, first, none);
        expect(one.difference).toBeCloseTo(-other.difference, 12);
        expect(one.low).toBeCloseTo(-other.high, 12);
        expect(one.withinChance).toBe(other.withinChance);
        if (one.n > 0) {
          expect(one.low).toBeLessThanOrEqual(one.difference + 1 / one.n);
          expect(one.high).toBeGreaterThanOrEqual(one.difference - 1 / one.n);
        }
      }),
    );
  });
});
