import { classesOf, type Probabilities } from './probabilities.ts';

/** Smallest x with 1 + x > 1 in float32; keeps a single certain mistake from making the mean infinite (as scikit-learn). */
const smallest = 2 ** -23;

/** Mean of −ln p(label), natural logarithm; 0 for no pictures. */
export function logLoss(probabilities: Probabilities, labels: ArrayLike<number>): number {
  const sum = lossesOf(probabilities, labels).reduce((total, loss) => total + loss, 0);
  return labels.length === 0 ? 0 : sum / labels.length;
}

/** −ln p(label) of each picture: what two models are compared by, pair by pair. */
export function lossesOf(probabilities: Probabilities, labels: ArrayLike<number>): Float64Array {
  const classes = classesOf(probabilities, labels.length);
  return Float64Array.from(labels, (label, row) => lossOf(probabilities[row * classes + label]!));
}

/** −ln of the probability that the label got. */
export function lossOf(p: number): number {
  return -Math.log(Math.min(1 - smallest, Math.max(smallest, p)));
}
