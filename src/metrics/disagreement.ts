import { assertSameSize, predictedClasses, sizeMismatch, type Probabilities } from './probabilities.ts';

/** Share of pictures on which each pair of members predicts the same class: symmetric, 1 on the diagonal. */
export function agreementMatrix(members: readonly Probabilities[], classes: number): number[][] {
  assertSameSize(members);
  const predictions = members.map((member) => predictedClasses(member, classes));
  return predictions.map((a) => predictions.map((b) => 1 - shareDifferent(a, b)));
}

/** Share of pictures on which two members predict different classes. */
export function disagreement(a: Probabilities, b: Probabilities, classes: number): number {
  assertSameSize([a, b]);
  return shareDifferent(predictedClasses(a, classes), predictedClasses(b, classes));
}

/** Mean of `disagreement` over all pairs; 0 with one member. What members must have for averaging to gain anything. */
export function meanDisagreement(members: readonly Probabilities[], classes: number): number {
  assertSameSize(members);
  const predictions = members.map((member) => predictedClasses(member, classes));
  let sum = 0;
  let pairs = 0;
  for (let i = 0; i < predictions.length; i++) {
    for (let j = 0; j < i; j++) {
      sum += shareDifferent(predictions[i]!, predictions[j]!);
      pairs++;
    }
  }
  return pairs === 0 ? 0 : sum / pairs;
}

function shareDifferent(a: Int32Array, b: Int32Array): number {
  if (a.length !== b.length) throw sizeMismatch('predictions', a.length, b.length);
  let different = 0;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) different++;
  return a.length === 0 ? 0 : different / a.length;
}
