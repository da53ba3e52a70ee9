import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracyRange,
  closeAccuracyRange,
  decades,
  extent,
  fromZero,
  panned,
  union,
  zoomed,
} from '../../../renderer/charts/ranges.ts';

describe('ranges of axes', () => {
  it('pass over what is missing', () => {
    expect(extent([NaN, 2, Infinity, 1])).toEqual([1, 2]);
    expect(extent([NaN])).toBeNull();
    expect(union([1, 2], null)).toEqual([1, 2]);
    expect(union([1, 2], [0, 1.5])).toEqual([0, 2]);
  });

  it('are whole tens of percent for accuracies', () => {
    expect(accuracyRange([0.613, 0.991])).toEqual([0.6, 1]);
    expect(accuracyRange([0.6, 0.6])).toEqual([0.5, 0.7]);
    expect(accuracyRange([1, 1])).toEqual([0.9, 1]);
    expect(accuracyRange(null)).toEqual([0, 1]);
  });

  it('are whole percents where accuracies lie close together', () => {
    expect(closeAccuracyRange([0.927, 0.96])).toEqual([0.92, 0.96]);
    expect(closeAccuracyRange([0.99, 1])).toEqual([0.96, 1]);
  });

  it('start at zero and end at a nice number for losses', () => {
    expect(fromZero([0.1, 1.34])).toEqual([0, 1.5]);
    expect(fromZero([0.001, 0.0042])).toEqual([0, 0.0045]);
    expect(fromZero(null)).toEqual([0, 1]);
  });

  it('are whole decades on a logarithmic axis', () => {
    const [low, high] = decades([2e-6, 3e-4]);
    expect(low).toBeCloseTo(1e-6, 12);
    expect(high).toBeCloseTo(1e-3, 12);
    expect(decades([0, 0])).toEqual([1e-3, 1]);
  });

  it('follow the cursor when it leaves what is shown', () => {
    expect(panned([0, 5], [0, 20], 10)).toEqual([7.5, 12.5]);
    expect(panned([0, 5], [0, 20], 20)).toEqual([15, 20]);
    expect(panned([5, 10], [0, 20], 1)).toEqual([0, 5]);
  });

  it('zoom about the cursor, never past the limits, and let go when all is shown', () => {
    expect(zoomed([0, 20], [0, 20], 5, 0.5)).toEqual([2.5, 12.5]);
    expect(zoomed([2.5, 12.5], [0, 20], 5, 4)).toBeNull();
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 20, noNaN: true }),
        fc.double({ min: 0.1, max: 0.9, noNaN: true }),
        (centre, factor) => {
          const range = zoomed([0, 20], [0, 20], centre, factor)!;
          expect(range[0]).toBeGreaterThanOrEqual(0);
          expect(range[1]).toBeLessThanOrEqual(20 + 1e-9);
          expect(range[1] - range[0]).toBeCloseTo(20 * factor, 9);
        },
      ),
    );
  });
});
