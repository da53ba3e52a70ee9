import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  changesOf,
  heatStep,
  inkOf,
  largestOf,
  mostConfused,
  sharesOfRows,
} from '../../../renderer/charts/heat-steps.ts';

const confusion = [
  [31, 1, 0],
  [0, 36, 4],
  [2, 0, 28],
];

describe('colours of matrix cells', () => {
  it('give zero no fill, the largest the last step, and equal parts between', () => {
    expect(heatStep(0, 36)).toBe(0);
    expect(heatStep(36, 36)).toBe(7);
    expect(heatStep(1, 1000)).toBe(1);
    expect([1, 2, 3, 4, 5, 6, 7].map((value) => heatStep(value, 7))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect([4, 5].map(inkOf)).toEqual([1, 2]);
  });

  it('never fall while the value grows', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.nat(1000), fc.integer({ min: 1, max: 1000 }), (a, b, largest) => {
        const [low, high] = a < b ? [a, b] : [b, a];
        expect(heatStep(low, largest)).toBeLessThanOrEqual(heatStep(high, largest));
      }),
    );
  });

  it('are scaled apart for right answers and mistakes', () => {
    expect(largestOf(confusion)).toEqual({ diagonal: 36, off: 4 });
  });
});

describe('figures of a confusion matrix', () => {
  it('are shares of their row, zero where a class has no pictures', () => {
    expect(
      sharesOfRows([
        [3, 1],
        [0, 0],
      ]),
    ).toEqual([
      [0.75, 0.25],
      [0, 0],
    ]);
  });

  it('name the most confused pairs first', () => {
    expect(mostConfused(confusion)).toEqual([
      { row: 1, column: 2, value: 4 },
      { row: 2, column: 0, value: 2 },
      { row: 0, column: 1, value: 1 },
    ]);
    expect(mostConfused(confusion, 1)).toHaveLength(1);
  });

  it('tell what changed', () => {
    expect(
      changesOf(
        [
          [1, 2],
          [3, 4],
        ],
        [
          [2, 1],
          [3, 4],
        ],
      ),
    ).toEqual([
      [1, -1],
      [0, 0],
    ]);
    expect(changesOf([[1]], confusion)).toBeNull();
  });
});
