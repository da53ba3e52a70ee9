import type { Preprocessing } from '../protocol/preprocessing.ts';

/** The square that is kept of a picture: the training crop's margin included. */
export interface DecodeTarget {
  readonly side: number;
  readonly interpolation: Preprocessing['interpolation'];
}

/** Side of the kept square: `round(inputSize / cropFraction)`; the evaluation crop is its exact centre. */
export function decodeTarget(preprocessing: Preprocessing): DecodeTarget {
  const side = Math.max(preprocessing.inputSize, Math.round(preprocessing.inputSize / preprocessing.cropFraction));
  return { side, interpolation: preprocessing.interpolation };
}

/** Of the decoded pictures of a dataset on the disk. */
export function estimateCacheBytes(count: number, preprocessing: Preprocessing): number {
  return count * (decodeTarget(preprocessing).side ** 2 * 3 + 4);
}
