import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { IndexRanges } from '../../../renderer/components/index-ranges.ts';

const indices = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 40 });

function rangesOf(numbers: readonly number[]): IndexRanges {
  return numbers.reduce((ranges, number) => ranges.with(IndexRanges.one(number)), IndexRanges.empty);
}

function membersOf(ranges: IndexRanges): number[] {
  return Array.from({ length: 80 }, (_, i) => i).filter((index) => ranges.has(index));
}

describe('IndexRanges', () => {
  it('is the set that its numbers make, and keeps its ranges apart and in order', () => {
    fc.assert(
      fc.property(indices, indices, (a, b) => {
        const added = rangesOf(a).with(rangesOf(b));
        expect(membersOf(added)).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
        const removed = added.without(rangesOf(b));
        expect(membersOf(removed)).toEqual([...new Set(a)].filter((x) => !b.includes(x)).sort((x, y) => x - y));
        for (const ranges of [added, removed]) {
          expect(ranges.size).toBe(membersOf(ranges).length);
          ranges.ranges.forEach(({ from, to }, i) => {
            expect(to).toBeGreaterThan(from);
            if (i > 0) expect(from).toBeGreaterThan(ranges.ranges[i - 1]!.to);
          });
        }
      }),
    );
  });

  it('takes one index in or out', () => {
    const all = IndexRanges.of(0, 100_000);
    expect(all.toggle(5).ranges).toEqual([
      { from: 0, to: 5 },
      { from: 6, to: 100_000 },
    ]);
    expect(all.toggle(5).toggle(5).ranges).toEqual(all.ranges);
  });

  it('knows the only one', () => {
    expect(IndexRanges.one(7).single).toBe(7);
    expect(IndexRanges.between(9, 7).single).toBeNull();
    expect(IndexRanges.between(9, 7).size).toBe(3);
  });

  it('lets go what is no longer there', () => {
    expect(IndexRanges.of(2, 9).within(5).ranges).toEqual([{ from: 2, to: 5 }]);
  });
});
