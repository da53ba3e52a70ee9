import type { Accuracy, AccuracySplit } from '../protocol/accuracy.ts';
import { predictedClasses, sizeMismatch, type Probabilities } from './probabilities.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** Share of pictures whose most probable class is their label, with its interval and where it was measured. */
export function accuracyOf(
  probabilities: Probabilities,
  labels: ArrayLike<number>,
  classes: number,
  split: AccuracySplit,
): Accuracy {
  if (probabilities.length !== labels.length * classes) {
    throw sizeMismatch('probabilities', labels.length * classes, probabilities.length);
  }
  return accuracyFromCount(countCorrect(predictedClasses(probabilities, classes), labels), labels.length, split);
}

export function accuracyFromCount(correct: number, n: number, split: AccuracySplit): Accuracy {
  return { accuracy: n === 0 ? 0 : correct / n, split, n, ...wilsonInterval(correct, n) };
}

export function countCorrect(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  let correct = 0;
  for (let i = 0; i < labels.length; i++) if (predicted[i] === labels[i]) correct++;
  return correct;
}
