import { randomStream } from '../base/random.ts';
import type { HashList } from './hash-list.ts';
import { sizeBoundedLinks, type DoubtedLink } from './size-bounded-links.ts';

/** Pictures of one class in an order that may have been that of the camera. */
export interface Sequence {
  readonly label: number;
  /** Indices of pictures. */
  readonly members: readonly number[];
  /** May two members be of one series: places in `members`, the first before the second. */
  readonly mayLink: (first: number, second: number) => boolean;
  /** Do two members surely stem from other series: what chance looks like. */
  readonly isFar: (first: number, second: number) => boolean;
}

/** Two pictures of one series. */
export interface Link {
  readonly a: number;
  readonly b: number;
}

/** Neighbours in an order may lie a few apart, where two series were taken at once. */
const reach = 3;
/** Of the links that are accepted, the share that chance may have made. */
const falseShare = 0.01;
/** However many links there are: each end of a series has a few pairs with the next, and one wrong link joins two of them. */
const largestP = 0.004;
const largestWeakP = 0.05;
/** Pairs that tell how alike two pictures of a class are by chance. Fewer than the least of them tell nothing. */
const chancePairs = 20_000;
const leastChancePairs = 20;

/**
 * Which neighbours in the sequences look more alike than pictures of their class do by chance. An order alone proves nothing: files
 * of a download are merely numbered. For each pair the share of far pairs of its class that are as alike is a p-value, and the
 * procedure of Benjamini and Hochberg (1995) bounds the share of false links; where order means nothing it accepts none in 99 of
 * 100 folders. Alike is by brightness edges, which other light leaves, or by colours, which a moving camera leaves.
 */
export function confirmedLinks(sequences: readonly Sequence[], hashes: HashList): Link[] {
  const byClass = new Map<number, Sequence[]>();
  for (const sequence of sequences) {
    const found = byClass.get(sequence.label);
    if (found) found.push(sequence);
    else byClass.set(sequence.label, [sequence]);
  }
  const candidates: DoubtedLink[] = [];
  for (const [label, found] of byClass) {
    const pairs = candidatePairs(found, hashes);
    if (pairs.length === 0) continue;
    const chance = chanceOf(label, found, hashes);
    if (chance) for (const pair of pairs) candidates.push({ ...pair, doubt: chance(pair.a, pair.b) });
  }
  const among = new Set(candidates.flatMap(({ a, b }) => [a, b])).size;
  const limits = { sure: discoveryLimit(candidates), unsure: largestWeakP, pictures: hashes.isFlat.length, among };
  return sizeBoundedLinks(candidates, limits);
}

function candidatePairs(sequences: readonly Sequence[], hashes: HashList): Link[] {
  return sequences.flatMap(({ members, mayLink }) =>
    members.flatMap((a, i) =>
      members.slice(i + 1, i + 1 + reach).flatMap((b, k) => {
        const tells = !hashes.isFlat[a] && !hashes.isFlat[b];
        return tells && mayLink(i, i + 1 + k) ? [{ a, b }] : [];
      }),
    ),
  );
}

/** The p-value of a pair, from pairs of the class that chance put together; null where there are too few of them. */
function chanceOf(
  label: number,
  sequences: readonly Sequence[],
  hashes: HashList,
): ((a: number, b: number) => number) | null {
  const places = sequences.flatMap(({ members }, sequence) => members.map((_, place) => ({ sequence, place })));
  const bits: number[] = [];
  const colours: number[] = [];
  const add = (i: number, j: number) => {
    const [p, q] = [places[Math.min(i, j)]!, places[Math.max(i, j)]!];
    const { members, isFar } = sequences[p.sequence]!;
    if (i === j || (p.sequence === q.sequence && !isFar(p.place, q.place))) return;
    const [a, b] = [members[p.place]!, sequences[q.sequence]!.members[q.place]!];
    if (hashes.isFlat[a] || hashes.isFlat[b]) return;
    bits.push(hashes.bitDistance(a, b));
    colours.push(hashes.colourDistance(a, b));
  };
  const n = places.length;
  if ((n * (n - 1)) / 2 <= chancePairs) for (let i = 0; i < n; i++) for (let j = i + 1; j < n; j++) add(i, j);
  else {
    const random = randomStream(0, 'series', label);
    for (let k = 0; k < chancePairs; k++) add(random.integer(n), random.integer(n));
  }
  if (bits.length < leastChancePairs) return null;
  const [ofBits, ofColours] = [shareBelow(bits), shareBelow(colours)];
  // Two looks at a pair: Bonferroni.
  return (a, b) => 2 * Math.min(ofBits(hashes.bitDistance(a, b)), ofColours(hashes.colourDistance(a, b)));
}

/** The share of values at or below a limit, counting the asked one itself. */
function shareBelow(values: number[]): (limit: number) => number {
  const sorted = Float64Array.from(values).sort();
  return (limit) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle]! <= limit) low = middle + 1;
      else high = middle;
    }
    return (low + 1) / (sorted.length + 1);
  };
}

/** The largest p-value that the procedure accepts; below 0 where it accepts none. */
function discoveryLimit(candidates: readonly DoubtedLink[]): number {
  const sorted = candidates.map(({ doubt }) => doubt).sort((a, b) => a - b);
  const last = sorted.findLastIndex((p, rank) => p <= (falseShare * (rank + 1)) / sorted.length);
  return last < 0 ? -1 : Math.min(largestP, sorted[last]!);
}
