/** Sets of whole numbers from 0 that can be joined; the smallest member stands for its set. */
export class DisjointSets {
  readonly #parents: Int32Array;

  constructor(count: number) {
    this.#parents = Int32Array.from({ length: count }, (_, i) => i);
  }

  find(i: number): number {
    const parents = this.#parents;
    while (parents[i] !== i) i = parents[i] = parents[parents[i]!]!;
    return i;
  }

  join(a: number, b: number): void {
    const [p, q] = [this.find(a), this.find(b)];
    this.#parents[Math.max(p, q)] = Math.min(p, q);
  }

  /** Joins all that have equal keys. */
  joinEqual<K>(keys: Iterable<readonly [member: number, key: K]>): void {
    const first = new Map<K, number>();
    for (const [member, key] of keys) {
      const earlier = first.get(key);
      if (earlier === undefined) first.set(key, member);
      else this.join(earlier, member);
    }
  }

  /** The members of each set, both ascending. */
  sets(): number[][] {
    const sets = new Map<number, number[]>();
    for (let i = 0; i < this.#parents.length; i++) {
      const root = this.find(i);
      const set = sets.get(root);
      if (set) set.push(i);
      else sets.set(root, [i]);
    }
    return [...sets.values()];
  }

  /** A number for each set, in the order of first appearance. */
  numbers(): Int32Array {
    const numbers = new Map<number, number>();
    return Int32Array.from(this.#parents, (_, i) => {
      const root = this.find(i);
      if (!numbers.has(root)) numbers.set(root, numbers.size);
      return numbers.get(root)!;
    });
  }
}
