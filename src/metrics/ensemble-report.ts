import type { AccuracySplit } from '../protocol/accuracy.ts';
import type { EnsembleReport } from '../protocol/run-event.ts';
import { accuracyOf } from './accuracy-of.ts';
import { averageProbabilities } from './average-probabilities.ts';
import { meanDisagreement } from './disagreement.ts';
import type { Probabilities } from './probabilities.ts';

/** A member with its probabilities on the held-out pictures. */
export interface WeightedMember {
  readonly name: string;
  readonly probabilities: Probabilities;
  /** Its share of the average, relative to the others'; 0: left out. */
  readonly weight: number;
  /** Of the layers that it shares with no other, a picture; null where it was not timed. */
  readonly milliseconds: number | null;
}

export interface HeldOutLabels {
  readonly labels: ArrayLike<number>;
  readonly classes: number;
  readonly split: AccuracySplit;
  /** Of the layers that all members share, a picture. */
  readonly trunkMilliseconds: number;
}

/** What averaging the weighted members gives, beside what they give alone, on the same pictures. */
export function reportEnsemble(members: readonly WeightedMember[], heldOut: HeldOutLabels): EnsembleReport {
  const { labels, classes, split, trunkMilliseconds } = heldOut;
  const averaged = members.filter(({ weight }) => weight > 0);
  const probabilities = averaged.map((member) => member.probabilities);
  const weights = averaged.map(({ weight }) => weight);
  const accuracy = accuracyOf(averageProbabilities(probabilities, weights), labels, classes, split);
  const alone = probabilities.map((member) => accuracyOf(member, labels, classes, split).accuracy);
  return {
    members: averaged.map(({ name }) => name),
    accuracy,
    gainOverMean: accuracy.accuracy - alone.reduce((sum, value) => sum + value, 0) / alone.length,
    gainOverBest: accuracy.accuracy - Math.max(...alone),
    disagreement: meanDisagreement(probabilities, classes),
    millisecondsPerPicture: ensembleMilliseconds(trunkMilliseconds, averaged),
  };
}

/** Latency of an ensemble for one picture: the shared layers once, and of each member what is its alone. */
export function ensembleMilliseconds(
  trunkMilliseconds: number,
  members: readonly { readonly milliseconds: number | null }[],
): number {
  return members.reduce((sum, { milliseconds }) => sum + (milliseconds ?? 0), trunkMilliseconds);
}
