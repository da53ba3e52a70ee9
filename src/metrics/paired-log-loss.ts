import { lossesOf } from './log-loss.ts';
import { assertSameSize, type Probabilities } from './probabilities.ts';

/** Two models on the same pictures. */
export interface PairedLogLoss {
  /** Mean of the second one's log loss minus the first one's: above 0 the first is better. */
  readonly gain: number;
  /** Of that mean over the pictures; 0 where all differences are equal. */
  readonly standardError: number;
}

/** By how much the log loss of `first` lies below that of `second`, natural logarithm, with the noise of the pictures. */
export function pairedLogLoss(first: Probabilities, second: Probabilities, labels: ArrayLike<number>): PairedLogLoss {
  assertSameSize([first, second]);
  const n = labels.length;
  const ofFirst = lossesOf(first, labels);
  const differences = lossesOf(second, labels).map((loss, row) => loss - ofFirst[row]!);
  const gain = n === 0 ? 0 : differences.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { gain, standardError: Infinity };
  const squares = differences.reduce((sum, value) => sum + (value - gain) ** 2, 0);
  return { gain, standardError: Math.sqrt(squares / (n - 1) / n) };
}
