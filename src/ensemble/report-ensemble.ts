import { accuracyOf } from '../metrics/accuracy-of.ts';
import { averageProbabilities } from '../metrics/average-probabilities.ts';
import { meanDisagreement } from '../metrics/disagreement.ts';
import { greedySelection } from '../metrics/greedy-selection.ts';
import type { AccuracySplit } from '../protocol/accuracy.ts';
import type { EnsembleReport } from '../protocol/run-event.ts';
import type { TrainConfig } from '../protocol/train-config.ts';

/** A member with its probabilities on the held-out pictures: float32 [n, classes]. */
export interface JudgedMember {
  readonly name: string;
  readonly probabilities: Float32Array;
}

/** How often each member counts in the average: 1 each, or by greedy selection on the held-out pictures. */
export function memberWeights(
  members: readonly JudgedMember[],
  labels: ArrayLike<number>,
  selection: TrainConfig['ensemble']['selection'],
): number[] {
  if (selection === 'all' || members.length === 1) return members.map(() => 1);
  const probabilities = members.map((member) => member.probabilities);
  return [...greedySelection(probabilities, labels, { maxMembers: 2 * members.length }).counts];
}

/** What averaging the weighted members gives, beside what they give alone, on the same pictures. */
export function reportEnsemble(
  members: readonly JudgedMember[],
  weights: readonly number[],
  labels: ArrayLike<number>,
  classes: number,
  split: AccuracySplit,
  millisecondsPerPicture: number,
): EnsembleReport {
  const chosen = members.filter((_, i) => weights[i]! > 0);
  const probabilities = chosen.map((member) => member.probabilities);
  const average = averageProbabilities(
    probabilities,
    weights.filter((weight) => weight > 0),
  );
  const accuracy = accuracyOf(average, labels, classes, split);
  const alone = probabilities.map((own) => accuracyOf(own, labels, classes, split).accuracy);
  return {
    members: chosen.map((member) => member.name),
    accuracy,
    gainOverMean: accuracy.accuracy - alone.reduce((sum, value) => sum + value, 0) / alone.length,
    gainOverBest: accuracy.accuracy - Math.max(...alone),
    disagreement: meanDisagreement(probabilities, classes),
    millisecondsPerPicture,
  };
}
