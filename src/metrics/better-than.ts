import { mcnemar } from './mcnemar.ts';
import { pairedLogLoss } from './paired-log-loss.ts';
import { classesOf, predictedClasses, type Probabilities } from './probabilities.ts';
import { chooseTemperature, tempered } from './temperature.ts';

/** A candidate beside the simpler choice that stays unless the candidate is better beyond the noise of the pictures. */
export interface Comparison {
  /** Accuracy of the candidate minus that of the simpler choice, with its standard error over the pictures. */
  readonly accuracyGain: number;
  readonly accuracyError: number;
  /** How much lower the candidate's log loss is, both at their best temperature. */
  readonly lossGain: number;
  readonly lossError: number;
  readonly better: boolean;
}

/** What rounding and the search for a temperature can make of equal models. */
const leastGain = 1e-4;

/**
 * Whether a candidate is better than the simpler choice on the same held-out pictures: in accuracy by more than one standard error of
 * the paired difference, or in log loss while its accuracy is no lower. Log losses are compared at each one's best temperature:
 * label smoothing and early ends make networks too modest, and what an ensemble gains by correcting that is no gain of the ensemble.
 */
export function betterThan(candidate: Probabilities, simpler: Probabilities, labels: ArrayLike<number>): Comparison {
  const { gain: accuracyGain, standardError: accuracyError } = pairedHits(candidate, simpler, labels);
  const { gain: lossGain, standardError: lossError } = pairedLogLoss(
    atBestTemperature(candidate, labels),
    atBestTemperature(simpler, labels),
    labels,
  );
  const better = accuracyGain > accuracyError || (accuracyGain >= 0 && lossGain > Math.max(lossError, leastGain));
  return { accuracyGain, accuracyError, lossGain, lossError, better };
}

export function atBestTemperature(probabilities: Probabilities, labels: ArrayLike<number>): Probabilities {
  const temperature = chooseTemperature([{ probabilities, weight: 1 }], labels);
  return tempered(probabilities, classesOf(probabilities, labels.length), temperature);
}

function pairedHits(first: Probabilities, second: Probabilities, labels: ArrayLike<number>) {
  const n = labels.length;
  const classes = classesOf(first, n);
  const { onlyFirst, onlySecond } = mcnemar(
    predictedClasses(first, classes),
    predictedClasses(second, classes),
    labels,
  );
  const gain = n === 0 ? 0 : (onlyFirst - onlySecond) / n;
  if (n < 2) return { gain, standardError: Infinity };
  const variance = ((onlyFirst + onlySecond) / n - gain ** 2) / (n - 1);
  return { gain, standardError: Math.sqrt(variance) };
}
