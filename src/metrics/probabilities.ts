import { AnnealError } from '../base/errors.ts';

/**
 * Probabilities of n pictures over the classes: float32 [n, classes], row-major, each row summing to 1.
 * Everything in metrics/ reads this layout; nothing here changes its input.
 */
export type Probabilities = Float32Array;

/** Number of classes of `probabilities` for `n` pictures. Throws `metrics.sizeMismatch` where rows do not come out whole. */
export function classesOf(probabilities: Probabilities, n: number): number {
  const classes = n === 0 ? 0 : probabilities.length / n;
  if (!Number.isInteger(classes)) throw sizeMismatch('probabilities of whole rows', n, probabilities.length);
  return classes;
}

/** Throws `metrics.sizeMismatch` unless there is at least one member and all are of one size. */
export function assertSameSize(members: readonly Probabilities[]): void {
  if (members.length === 0) throw sizeMismatch('members', 1, 0);
  for (const member of members) {
    if (member.length !== members[0]!.length) throw sizeMismatch('probabilities', members[0]!.length, member.length);
  }
}

export function sizeMismatch(what: string, expected: number, received: number): AnnealError {
  return new AnnealError('metrics.sizeMismatch', { what, expected, received }, { kind: 'failure' });
}

/** Most probable class of one row; the lower index of equals. */
export function argmaxOfRow(probabilities: Probabilities, row: number, classes: number): number {
  const start = row * classes;
  let best = 0;
  for (let c = 1; c < classes; c++) if (probabilities[start + c]! > probabilities[start + best]!) best = c;
  return best;
}

/** Most probable class of each row: int32 [n]. */
export function predictedClasses(probabilities: Probabilities, classes: number): Int32Array {
  const n = classes === 0 ? 0 : probabilities.length / classes;
  return Int32Array.from({ length: n }, (_, row) => argmaxOfRow(probabilities, row, classes));
}
