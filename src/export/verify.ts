import { AnnealError } from '../base/errors.ts';
import { decodePicture, decodeTarget } from '../data/decode-picture.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { Verification } from '../protocol/lane-job.ts';

/** Probabilities may differ by so much where the network sees the same pixels. */
export const probabilityTolerance = 1e-4;
/** Share of pictures with equal first choice where an export resizes by itself. */
const sameFirstChoiceShare = 0.99;

/** Real pictures as data/ decodes them; what cannot be read is left out. */
export interface VerificationPictures {
  /** Absolute paths of those that were read. */
  readonly paths: readonly string[];
  /** uint8 [paths.length, side, side, 3]. */
  readonly squares: Uint8Array;
}

/** Throws `export.noPictures` when none can be read. */
export async function readVerificationPictures(
  paths: readonly string[],
  preprocessing: Preprocessing,
): Promise<VerificationPictures> {
  const target = decodeTarget(preprocessing);
  const read: { path: string; square: Uint8Array }[] = [];
  for (const path of paths) {
    const square = await decodePicture(path, target).catch(() => null);
    if (square) read.push({ path, square });
  }
  if (read.length === 0) throw new AnnealError('export.noPictures', { given: paths.length });
  return {
    paths: read.map(({ path }) => path),
    squares: new Uint8Array(Buffer.concat(read.map(({ square }) => square))),
  };
}

/**
 * How far two answers to the same pictures are apart. Both: float32 [n, classes]. A NaN, or a missing answer, counts as a
 * difference of 1. `tolerance`: how far they may be apart; null where equal first choices decide.
 */
export function compareAnswers(
  expected: Float32Array,
  received: Float32Array,
  classes: number,
  tolerance: number | null,
): Verification {
  const pictures = expected.length / classes;
  const complete = received.length === expected.length;
  const differences: number[] = [];
  let same = 0;
  for (let picture = 0; picture < pictures; picture++) {
    const row = (answer: Float32Array) => answer.subarray(picture * classes, (picture + 1) * classes);
    const [a, b] = [row(expected), row(received)];
    differences.push(complete ? largestDifference(a, b) : 1);
    if (indexOfLargest(a) === indexOfLargest(b)) same++;
  }
  return {
    pictures,
    largestDifference: differences.reduce((most, value) => Math.max(most, value), complete ? 0 : 1),
    sameFirstChoice: same / pictures,
    differences,
    tolerance,
  };
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    const difference = Math.abs(a[i]! - b[i]!);
    largest = Math.max(largest, Number.isNaN(difference) ? 1 : difference);
  }
  return largest;
}

/**
 * Throws `export.differs` unless the export answers like the original. One that resizes by itself is judged by its first
 * choices; below a hundred pictures one may differ. `disputed` is asked only where it is refused.
 */
export function requireSameAnswers(
  verification: Verification,
  format: string,
  disputed: () => DisputedPicture | null = () => null,
): void {
  const { pictures, largestDifference, sameFirstChoice, tolerance } = verification;
  const ownResize = tolerance === null;
  const differing = Math.round(pictures * (1 - sameFirstChoice));
  const passed = ownResize
    ? differing <= Math.max(1, pictures * (1 - sameFirstChoiceShare))
    : largestDifference <= tolerance;
  if (passed) return;
  const expected = ownResize
    ? `the same first choice on ${sameFirstChoiceShare * 100} % of pictures`
    : `probabilities within ${tolerance}`;
  const received = ownResize
    ? `${differing} of ${pictures} pictures differ`
    : `a difference of ${largestDifference.toPrecision(3)} on ${pictures} pictures`;
  const params = { format, expected, received, ...disputed() };
  throw new AnnealError('export.differs', params, { kind: 'failure' });
}

/** The picture that an export answers most differently, with both answers; as params of `export.differs`. */
export interface DisputedPicture {
  /** Absolute path. */
  readonly picture: string;
  readonly label: string;
  readonly probability: number;
  readonly exportLabel: string;
  /** NaN and missing answers cross as null. */
  readonly exportProbability: number | null;
  readonly [param: string]: string | number | null;
}

/** Both answers to the picture with the largest difference; one with another first choice goes before all others. */
export function disputedPicture(
  expected: Float32Array,
  received: Float32Array,
  labels: readonly string[],
  paths: readonly string[],
): DisputedPicture | null {
  const row = (answer: Float32Array, picture: number) =>
    answer.subarray(picture * labels.length, (picture + 1) * labels.length);
  let worst: { picture: number; difference: number } | null = null;
  for (let picture = 0; picture < paths.length; picture++) {
    const [a, b] = [row(expected, picture), row(received, picture)];
    const difference =
      (b.length === a.length ? largestDifference(a, b) : 1) + (indexOfLargest(a) === indexOfLargest(b) ? 0 : 1);
    if (difference > (worst?.difference ?? -1)) worst = { picture, difference };
  }
  if (!worst) return null;
  const [a, b] = [row(expected, worst.picture), row(received, worst.picture)];
  const [was, now] = [indexOfLargest(a), indexOfLargest(b)];
  return {
    picture: paths[worst.picture]!,
    label: labels[was]!,
    probability: a[was]!,
    exportLabel: labels[now] ?? '',
    exportProbability: Number.isFinite(b[now]) ? b[now]! : null,
  };
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > values[best]! ? index : best), 0);
}
