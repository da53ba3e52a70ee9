import { sizeMismatch } from './probabilities.ts';
import { studentTail } from './student-t.ts';

export interface PairedDifference {
  /** Mean of a − b. */
  readonly mean: number;
  /** Of that mean. */
  readonly standardError: number;
  /** Chance of a mean this high if a were no better than b. */
  readonly pValue: number;
  /** pValue below `level`: a is better than b beyond the noise of the pairs. */
  readonly better: boolean;
}

/**
 * Is a better than b? One-sided paired t-test over values measured on the same folds (or seeds), a[i] beside b[i].
 *
 * Folds share most of their training pictures, so their differences are not independent and the plain test finds
 * improvements that are none. Pass `overlap` = test pictures / training pictures of a fold, 1/(k − 1) for k folds, for
 * the variance of Nadeau & Bengio 2003 ("Inference for the generalization error", section 4): s²·(1/k + overlap).
 * 0, for independent pairs such as seeds, is the plain test. Needs two pairs; with fewer nothing is ever better.
 */
export function pairedDifference(
  a: readonly number[],
  b: readonly number[],
  options: { level?: number; overlap?: number } = {},
): PairedDifference {
  if (a.length !== b.length) throw sizeMismatch('paired values', a.length, b.length);
  const { level = 0.05, overlap = 0 } = options;
  const k = a.length;
  const differences = a.map((value, i) => value - b[i]!);
  const mean = k === 0 ? 0 : differences.reduce((sum, d) => sum + d, 0) / k;
  if (k < 2) return { mean, standardError: Infinity, pValue: 1, better: false };
  const variance = differences.reduce((sum, d) => sum + (d - mean) ** 2, 0) / (k - 1);
  const standardError = Math.sqrt(variance * (1 / k + overlap));
  const pValue = mean === 0 ? 0.5 : studentTail(mean / standardError, k - 1);
  return { mean, standardError, pValue, better: pValue < level };
}
