import type { AccuracySplit } from '../../protocol/accuracy.ts';
import type { MemberKind } from '../../protocol/member-kinds/index.ts';
import type { Verdict } from '../../protocol/verdict.ts';
import type { Probabilities } from '../probabilities.ts';

/** What is known of an ensemble on one set of pictures that it did not train on. */
export interface Judgement {
  readonly split: AccuracySplit;
  readonly classes: readonly string[];
  readonly labels: ArrayLike<number>;
  /** Of the ensemble, as it is used: float32 [pictures, classes]. */
  readonly probabilities: Probabilities;
  /** Those that it averages, in their order; null where they cannot be compared, or are not to be chosen by these pictures. */
  readonly members: readonly JudgedMember[] | null;
}

interface JudgedMember {
  readonly name: string;
  readonly kind: MemberKind;
  /** Among its kind, from 0. */
  readonly index: number;
  readonly weight: number;
  readonly probabilities: Probabilities;
}

/** Looks for one thing. Says nothing that chance explains. */
export type VerdictRule = (judgement: Judgement) => readonly Verdict[];

/** Below this chance a difference is told. */
export const level = 0.05;
