import { AnnealError } from '../base/errors.ts';

/** The file holds something that its format forbids. */
export function malformed(path: string, format: string, problem: string): AnnealError {
  return new AnnealError('weights.malformed', { path, format, problem });
}

/** The file ends before a part of it that it announces. Lengths in bytes. */
export function truncated(path: string, part: string, expected: number, received: number): AnnealError {
  return new AnnealError('weights.truncated', { path, part, expected, received });
}

/** Reading would take more memory than a file of this size can need. */
export function tooLarge(path: string, part: string, bytes: number, limit: number): AnnealError {
  return new AnnealError('weights.tooLarge', { path, part, bytes, limit });
}
