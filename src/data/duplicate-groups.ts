import type { PictureHash } from './picture-hash.ts';

export interface GroupingInput {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
  readonly hash: PictureHash;
}

/** Of 128 bits. With 8 bands of 16 bits, two hashes this near share at least one whole band. */
const maxDifferentBits = 7;
const bands = 8;
/** Of 255, mean over 48 colour values. */
const maxColourDifference = 10;
const maxAspectDifference = 0.06;
const minContrast = 4;
/** A band shared by more pictures than this is compared along its sorted order only, so that time stays near linear. */
const largeBucket = 1500;
const largeBucketReach = 48;

/**
 * A group number for each picture, numbered by first appearance: equal files, and pictures that differ in both difference
 * hashes by few bits, have like colours and like aspect, share one. Candidates come from bands of the hash (pigeonhole), so
 * 50,000 pictures need no all-pairs comparison.
 */
export function groupDuplicates(pictures: readonly GroupingInput[]): Int32Array {
  const parents = Int32Array.from(pictures.keys());
  const find = (i: number): number => {
    while (parents[i] !== i) i = parents[i] = parents[parents[i]!]!;
    return i;
  };
  const join = (a: number, b: number) => {
    const [low, high] = [find(a), find(b)].sort((x, y) => x - y) as [number, number];
    parents[high] = low;
  };

  const firstOfContent = new Map<string, number>();
  const distinct: number[] = [];
  pictures.forEach(({ sha256, hash }, i) => {
    const first = firstOfContent.get(sha256);
    if (first !== undefined) return join(first, i);
    firstOfContent.set(sha256, i);
    if (hash.contrast >= minContrast) distinct.push(i);
  });

  const signatures = distinct.map((i) => Buffer.from(pictures[i]!.hash.bits, 'hex'));
  const colours = distinct.map((i) => Buffer.from(pictures[i]!.hash.colours, 'hex'));
  const compare = (a: number, b: number) => {
    const [i, j] = [distinct[a]!, distinct[b]!];
    if (find(i) !== find(j) && isNear(signatures[a]!, signatures[b]!) && looksAlike(a, b)) join(i, j);
  };
  const looksAlike = (a: number, b: number) => {
    const [p, q] = [pictures[distinct[a]!]!, pictures[distinct[b]!]!];
    if (Math.abs(Math.log((p.width * q.height) / (p.height * q.width))) > maxAspectDifference) return false;
    let difference = 0;
    for (let c = 0; c < 48; c++) difference += Math.abs(colours[a]![c]! - colours[b]![c]!);
    return difference / 48 <= maxColourDifference;
  };

  for (let band = 0; band < bands; band++) {
    const buckets = new Map<number, number[]>();
    signatures.forEach((signature, a) => {
      const key = signature.readUInt16BE(band * 2);
      const bucket = buckets.get(key);
      if (bucket) bucket.push(a);
      else buckets.set(key, [a]);
    });
    for (const bucket of buckets.values()) {
      const large = bucket.length > largeBucket;
      if (large) bucket.sort((a, b) => signatures[a]!.compare(signatures[b]!));
      for (let m = 0; m < bucket.length; m++) {
        const end = large ? Math.min(bucket.length, m + 1 + largeBucketReach) : bucket.length;
        for (let n = m + 1; n < end; n++) compare(bucket[m]!, bucket[n]!);
      }
    }
  }

  const numbers = new Map<number, number>();
  return Int32Array.from(pictures, (_, i) => {
    const root = find(i);
    if (!numbers.has(root)) numbers.set(root, numbers.size);
    return numbers.get(root)!;
  });
}

function isNear(a: Buffer, b: Buffer): boolean {
  let different = 0;
  for (let i = 0; i < 16; i++) {
    different += bitCounts[a[i]! ^ b[i]!]!;
    if (different > maxDifferentBits) return false;
  }
  return true;
}

const bitCounts = Uint8Array.from({ length: 256 }, (_, value) => value.toString(2).replaceAll('0', '').length);
