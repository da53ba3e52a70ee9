import { classesOf, type Probabilities } from './probabilities.ts';

/** Smallest x with 1 + x > 1 in float32; keeps a single certain mistake from making the mean infinite (as scikit-learn). */
const smallest = 2 ** -23;

/** Mean of −ln p(label), natural logarithm; 0 for no pictures. */
export function logLoss(probabilities: Probabilities, labels: ArrayLike<number>): number {
  const classes = classesOf(probabilities, labels.length);
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const p = probabilities[row * classes + labels[row]!]!;
    sum -= Math.log(Math.min(1 - smallest, Math.max(smallest, p)));
  }
  return labels.length === 0 ? 0 : sum / labels.length;
}
