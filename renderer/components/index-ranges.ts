import type { Range } from './grid-layout.ts';

/**
 * A set of indices as ranges in order that neither meet nor overlap: all of 100,000 pictures are one range. Immutable.
 */
export class IndexRanges {
  static readonly empty = new IndexRanges([]);
  readonly ranges: readonly Range[];
  readonly size: number;

  private constructor(ranges: readonly Range[]) {
    this.ranges = ranges;
    this.size = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  }

  /** Indices from `from` on, before `to`; empty where `to` is not above `from`. */
  static of(from: number, to: number): IndexRanges {
    return to > from ? new IndexRanges([{ from, to }]) : IndexRanges.empty;
  }

  static one(index: number): IndexRanges {
    return IndexRanges.of(index, index + 1);
  }

  /** All between two indices, both included, in either order. */
  static between(a: number, b: number): IndexRanges {
    return IndexRanges.of(Math.min(a, b), Math.max(a, b) + 1);
  }

  has(index: number): boolean {
    return this.ranges.some(({ from, to }) => from <= index && index < to);
  }

  /** The first indices, at most so many. */
  first(most: number): number[] {
    const indices: number[] = [];
    for (const { from, to } of this.ranges) {
      for (let index = from; index < to && indices.length < most; index++) indices.push(index);
    }
    return indices;
  }

  /** The only one; null where there are none or several. */
  get single(): number | null {
    return this.size === 1 ? this.ranges[0]!.from : null;
  }

  with(other: IndexRanges): IndexRanges {
    const sorted = [...this.ranges, ...other.ranges].sort((a, b) => a.from - b.from);
    const joined: { from: number; to: number }[] = [];
    for (const { from, to } of sorted) {
      const last = joined.at(-1);
      if (last && from <= last.to) last.to = Math.max(last.to, to);
      else joined.push({ from, to });
    }
    return new IndexRanges(joined);
  }

  without(other: IndexRanges): IndexRanges {
    let left: readonly Range[] = this.ranges;
    for (const hole of other.ranges) {
      left = left.flatMap(({ from, to }) => [
        ...(from < Math.min(to, hole.from) ? [{ from, to: Math.min(to, hole.from) }] : []),
        ...(Math.max(from, hole.to) < to ? [{ from: Math.max(from, hole.to), to }] : []),
      ]);
    }
    return new IndexRanges(left);
  }

  toggle(index: number): IndexRanges {
    const one = IndexRanges.one(index);
    return this.has(index) ? this.without(one) : this.with(one);
  }

  /** What is left when only `count` things are. */
  within(count: number): IndexRanges {
    return this.without(IndexRanges.of(count, Number.POSITIVE_INFINITY));
  }
}
