import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { median } from '../../src/base/median.ts';

describe('median', () => {
  it('is the middle one by size, the larger of two middle ones, and undefined of none', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([10, 9, 1, 2])).toBe(9);
    expect(median(new Int32Array([100, 20]))).toBe(100);
    expect(median([])).toBeUndefined();
  });

  it('has at most half of the values below it, and fewer than half above', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values)!;
        expect(values).toContain(middle);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value > middle).length).toBeLessThan(values.length / 2);
      }),
    );
  });

  it('leaves the order of what it was given alone', () => {
    const values = [3, 1, 2];
    median(values);
    expect(values).toEqual([3, 1, 2]);
  });
});
