import { lossesOf } from './log-loss.ts';
import { meanWithError } from './mean-with-error.ts';
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
  const ofFirst = lossesOf(first, labels);
  const differences = lossesOf(second, labels).map((loss, row) => loss - ofFirst[row]!);
  const { mean: gain, standardError } = meanWithError(differences);
  return { gain, standardError };
}
