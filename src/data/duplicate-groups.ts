import { DisjointSets } from '../base/disjoint-sets.ts';
import { HashList } from './hash-list.ts';
import type { PictureHash } from './picture-hash.ts';

export interface GroupingInput {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly hash: PictureHash;
}

/**
 * Of 128 bits and of 255 (mean over 48 colour values), tightened step by step for groups that are no copies. Photographs
 * saved again at other sizes and qualities differ by up to 13 bits, different ones by 30 and more (measured on flowers).
 */
const steps = [
  { bits: 12, colour: 10 },
  { bits: 6, colour: 5 },
  { bits: 2, colour: 2 },
];
const maxAspectDifference = 0.06;

/**
 * Copies and frames of one scene are near to one another; drawn digits or X-rays are merely of one kind: a chain leads from one to
 * the next, while most pairs of them are far apart. Of the pairs of a burst 58 to 100 % are within the limit, of a chain of digits
 * at most 20 % (from five of them on).
 */
const leastDirectPairs = 0.5;
/** What nothing else comes near is one thing even where its parts drift apart, as the frames of a slow pan do. */
const isolation = 2;
/** Above this, and above half of all pictures, being near one another says nothing unless others are far away. */
const fewPictures = 30;
/** Enough to tell half from a fifth, few enough for groups of thousands. */
const sampledPairs = 4000;
const sampledMembers = 32;
const sampledOutsiders = 4096;

const bands = 8;
const bandKeys = 65_536;
/** A band shared by more pictures than this is compared along the order of hashes only, so that time stays near linear. */
const largeBucket = 1500;
const largeBucketReach = 48;

/**
 * A group number for each picture, numbered by first appearance: equal files, and pictures that differ in both difference
 * hashes by few bits, have like colours and like aspect, share one, however many they are. Flat pictures match by content only.
 */
export function groupDuplicates(pictures: readonly GroupingInput[]): Int32Array {
  const sets = new DisjointSets(pictures.length);
  sets.joinEqual(pictures.map(({ sha256 }, i) => [i, sha256] as const));
  const hashes = new HashList(pictures.map(({ hash }) => hash));
  const distinct = [...pictures.keys()].filter((i) => sets.find(i) === i && !hashes.isFlat[i]);
  for (const group of nearGroups({ pictures, hashes, distinct, place: new Int32Array(pictures.length) }, distinct, 0))
    for (const i of group) sets.join(group[0]!, i);
  return sets.numbers();
}

interface Compared {
  readonly pictures: readonly GroupingInput[];
  readonly hashes: HashList;
  /** Pictures of different content that are not flat. */
  readonly distinct: readonly number[];
  /** [pictures]: scratch, place of a picture among the members at hand. */
  readonly place: Int32Array;
}

/** Groups of two and more among `members` (indices into `pictures`). */
function nearGroups(compared: Compared, members: readonly number[], step: number): number[][] {
  const limits = steps[step];
  if (!limits) return [];
  const { pictures, hashes, place } = compared;
  const sets = new DisjointSets(members.length);
  members.forEach((picture, i) => (place[picture] = i));
  const isAlike = (a: number, b: number): boolean => {
    const [p, q] = [pictures[a]!, pictures[b]!];
    if (Math.abs(Math.log((p.width * q.height) / (p.height * q.width))) > maxAspectDifference) return false;
    return hashes.colourDistance(a, b) <= limits.colour;
  };
  eachCandidate(hashes, members, (a, b) => {
    if (hashes.bitDistance(a, b) > limits.bits) return;
    const [p, q] = [place[a]!, place[b]!];
    if (sets.find(p) !== sets.find(q) && isAlike(a, b)) sets.join(p, q);
  });
  return sets.sets().flatMap((set) => {
    if (set.length < 2) return [];
    const group = set.map((i) => members[i]!);
    return isOneThing(compared, group, limits.bits) ? [group] : nearGroups(compared, group, step + 1);
  });
}

function isOneThing({ hashes, distinct }: Compared, group: readonly number[], limit: number): boolean {
  const isDense = directPairs(hashes, group, limit) >= leastDirectPairs;
  if (isDense && (group.length <= fewPictures || group.length <= distinct.length / 2)) return true;
  const members = new Set(group);
  const outsiders = everyNth(distinct, sampledOutsiders).filter((i) => !members.has(i));
  if (outsiders.length === 0) return false;
  return everyNth(group, sampledMembers).every((a) =>
    outsiders.every((b) => hashes.bitDistance(a, b) > isolation * limit),
  );
}

/** Share of the pairs of a group that are within the limit by themselves, of all or of an even sample of them. */
function directPairs(hashes: HashList, group: readonly number[], limit: number): number {
  const n = group.length;
  const partners = Math.min(n - 1, Math.max(1, Math.floor((2 * sampledPairs) / n)));
  let direct = 0;
  let pairs = 0;
  // Partners spread evenly around the group, at distances that no order of names favours.
  for (let i = 0; i < n; i++) {
    for (let k = 1; k <= partners; k++) {
      const j = (i + Math.ceil((k * (n - 1)) / partners)) % n;
      if (hashes.bitDistance(group[i]!, group[j]!) <= limit) direct++;
      pairs++;
    }
  }
  return direct / pairs;
}

function everyNth(items: readonly number[], most: number): number[] {
  const stride = Math.max(1, items.length / most);
  return Array.from({ length: Math.min(items.length, most) }, (_, i) => items[Math.floor(i * stride)]!);
}

/**
 * Calls `compare` for every pair whose hashes differ in at most one bit within one of 8 bands of 16 bits: by the pigeonhole
 * principle that includes every pair that differs in at most 15 of 128 bits.
 */
function eachCandidate(hashes: HashList, members: readonly number[], compare: (a: number, b: number) => void): void {
  const count = members.length;
  if (count < 2) return;
  const order = Int32Array.from(members).sort((a, b) => hashes.compare(a, b));
  for (let band = 0; band < bands; band++) {
    const keys = Uint16Array.from(order, (i) => hashes.band(i, band));
    const starts = new Int32Array(bandKeys + 1);
    for (const key of keys) starts[key + 1]!++;
    for (let key = 0; key < bandKeys; key++) starts[key + 1]! += starts[key]!;
    const filled = starts.slice();
    const bucketed = new Int32Array(count);
    keys.forEach((key, i) => (bucketed[filled[key]!++] = order[i]!));

    for (let key = 0; key < bandKeys; key++) {
      const [from, to] = [starts[key]!, starts[key + 1]!];
      const reach = to - from > largeBucket ? largeBucketReach : to - from;
      for (let m = from; m < to; m++) {
        for (let n = m + 1; n < Math.min(to, m + 1 + reach); n++) compare(bucketed[m]!, bucketed[n]!);
      }
      if (to === from || to - from > largeBucket) continue;
      for (let bit = 0; bit < 16; bit++) {
        const other = key ^ (1 << bit);
        if (other < key || starts[other + 1]! - starts[other]! > largeBucket) continue;
        for (let m = from; m < to; m++) {
          for (let n = starts[other]!; n < starts[other + 1]!; n++) compare(bucketed[m]!, bucketed[n]!);
        }
      }
    }
  }
}
