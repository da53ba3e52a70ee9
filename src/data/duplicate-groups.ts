import type { PictureHash } from './picture-hash.ts';

export interface GroupingInput {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly hash: PictureHash;
}

/**
 * Of 128 bits and of 255 (mean over 48 colour values), tightened step by step for groups that grow too large. Photographs
 * saved again at other sizes and qualities differ by up to 13 bits, different ones by 30 and more (measured on flowers).
 */
const steps = [
  { bits: 12, colour: 10 },
  { bits: 6, colour: 5 },
  { bits: 2, colour: 2 },
];
/** Above this many different files the pictures are merely of one kind, as drawn digits or X-rays are, and not copies. */
const largestGroup = 30;
const maxAspectDifference = 0.06;
const minContrast = 4;

const bands = 8;
const bandKeys = 65_536;
/** A band shared by more pictures than this is compared along the order of hashes only, so that time stays near linear. */
const largeBucket = 1500;
const largeBucketReach = 48;

/**
 * A group number for each picture, numbered by first appearance: equal files, and pictures that differ in both difference
 * hashes by few bits, have like colours and like aspect, share one. Flat pictures match by content only.
 */
export function groupDuplicates(pictures: readonly GroupingInput[]): Int32Array {
  const parents = Int32Array.from(pictures.keys());
  const find = (i: number): number => {
    while (parents[i] !== i) i = parents[i] = parents[parents[i]!]!;
    return i;
  };
  const join = (a: number, b: number) => {
    const [p, q] = [find(a), find(b)];
    parents[Math.max(p, q)] = Math.min(p, q);
  };

  const firstOfContent = new Map<string, number>();
  const distinct: number[] = [];
  pictures.forEach(({ sha256, hash }, i) => {
    const first = firstOfContent.get(sha256);
    if (first !== undefined) return join(first, i);
    firstOfContent.set(sha256, i);
    if (hash.contrast >= minContrast) distinct.push(i);
  });
  for (const group of nearGroups(pictures, distinct, 0)) for (const i of group) join(group[0]!, i);

  const numbers = new Map<number, number>();
  return Int32Array.from(pictures, (_, i) => {
    const root = find(i);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root)!;
  });
}

/** Groups of two and more among `members` (indices into `pictures`). */
function nearGroups(pictures: readonly GroupingInput[], members: readonly number[], step: number): number[][] {
  const limits = steps[step];
  if (!limits) return [];
  const hashes = members.map((i) => Buffer.from(pictures[i]!.hash.bits, 'hex'));
  const colours = members.map((i) => Buffer.from(pictures[i]!.hash.colours, 'hex'));
  const parents = Int32Array.from(members.keys());
  const find = (i: number): number => {
    while (parents[i] !== i) i = parents[i] = parents[parents[i]!]!;
    return i;
  };
  const isAlike = (a: number, b: number): boolean => {
    const [p, q] = [pictures[members[a]!]!, pictures[members[b]!]!];
    if (Math.abs(Math.log((p.width * q.height) / (p.height * q.width))) > maxAspectDifference) return false;
    let difference = 0;
    for (let c = 0; c < 48; c++) difference += Math.abs(colours[a]![c]! - colours[b]![c]!);
    return difference <= limits.colour * 48;
  };
  eachCandidate(hashes, (a, b) => {
    if (isNear(hashes[a]!, hashes[b]!, limits.bits) && find(a) !== find(b) && isAlike(a, b)) {
      const [p, q] = [find(a), find(b)];
      parents[Math.max(p, q)] = Math.min(p, q);
    }
  });

  const groups = new Map<number, number[]>();
  members.forEach((member, i) => {
    const group = groups.get(find(i));
    if (group) group.push(member);
    else groups.set(find(i), [member]);
  });
  return [...groups.values()].flatMap((group) => {
    if (group.length > largestGroup) return nearGroups(pictures, group, step + 1);
    return group.length > 1 ? [group] : [];
  });
}

/**
 * Calls `compare` for every pair whose hashes differ in at most one bit within one of 8 bands of 16 bits: by the pigeonhole
 * principle that includes every pair that differs in at most 15 of 128 bits.
 */
function eachCandidate(hashes: readonly Buffer[], compare: (a: number, b: number) => void): void {
  const count = hashes.length;
  if (count < 2) return;
  const order = Int32Array.from(hashes.keys()).sort((a, b) => hashes[a]!.compare(hashes[b]!));
  for (let band = 0; band < bands; band++) {
    const keys = Uint16Array.from(order, (i) => hashes[i]!.readUInt16BE(band * 2));
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

function isNear(a: Buffer, b: Buffer, limit: number): boolean {
  let different = 0;
  for (let i = 0; i < 16; i++) {
    different += bitCounts[a[i]! ^ b[i]!]!;
    if (different > limit) return false;
  }
  return true;
}

const bitCounts = Uint8Array.from({ length: 256 }, (_, value) => value.toString(2).replaceAll('0', '').length);
