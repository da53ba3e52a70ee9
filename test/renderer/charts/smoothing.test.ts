import { describe, expect, it } from 'vitest';
import { smoothed } from '../../../renderer/charts/smoothing.ts';

/** The definition: a mean with weights β^(t−i), which sum to one. */
function byDefinition(values: number[], weight: number): number[] {
  return values.map((_, t) => {
    const weights = values.slice(0, t + 1).map((_, i) => weight ** (t - i));
    const sum = weights.reduce((a, b) => a + b, 0);
    return values.slice(0, t + 1).reduce((total, value, i) => total + (value * weights[i]!) / sum, 0);
  });
}

describe('a smoothed curve', () => {
  it('is the weighted mean of all values so far', () => {
    const values = [4, 2, 7, 1, 1, 9];
    const expected = byDefinition(values, 0.6);
    smoothed(values, 0.6).forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 12));
  });

  it('is the curve itself at 0 and keeps gaps', () => {
    expect([...smoothed([3, NaN, 5], 0)]).toEqual([3, NaN, 5]);
    expect(smoothed([3, NaN, 5], 0.5)[2]).toBeCloseTo((5 + 1.5) / 1.5, 12);
  });
});
