import type { MemberKind } from '../../../src/protocol/member-kinds/index.ts';
import type { StaircasePoint } from '../../charts/Staircase.svelte';
import type { RunFacts } from '../../state/run-model.ts';

/** What a card tells of a snapshot. Fractions. */
export interface SnapshotFacts {
  readonly name: string;
  /** The number in the stone, from 1. */
  readonly label: string;
  readonly kind: MemberKind;
  /** Counts the members of its kind from 1. */
  readonly number: number;
  readonly accuracy: number | null;
  readonly low: number | undefined;
  readonly high: number | undefined;
  readonly n: number | null;
  /** Ensemble with it minus ensemble before it; null for the first, or before the ensemble was judged. */
  readonly gain: number | null;
  /** Share of pictures on which a pair of members answers differently, mean over pairs. */
  readonly differs: number | null;
  /** Of the ensemble with it, a picture; null where it was not measured. */
  readonly milliseconds: number | null;
}

/** Snapshots in the order they were saved, each with the first ensemble that it is part of. */
export function snapshotFacts(facts: RunFacts): SnapshotFacts[] {
  return facts.snapshots.map((snapshot, i) => {
    const at = ensembleWith(facts, snapshot.name);
    const report = facts.ensembles[at]?.report;
    const before = facts.ensembles[at - 1]?.report;
    return {
      name: snapshot.name,
      label: String(i + 1),
      kind: snapshot.kind,
      number: snapshot.index + 1,
      accuracy: snapshot.accuracy?.accuracy ?? null,
      low: snapshot.accuracy?.low,
      high: snapshot.accuracy?.high,
      n: snapshot.accuracy?.n ?? null,
      gain: report && before ? report.accuracy.accuracy - before.accuracy.accuracy : null,
      differs: report && report.members.length > 1 ? report.disagreement : null,
      milliseconds: report && report.millisecondsPerPicture > 0 ? report.millisecondsPerPicture : null,
    };
  });
}

/** The ensemble after each snapshot as steps. */
export function staircaseOf(facts: RunFacts): StaircasePoint[] {
  return snapshotFacts(facts).flatMap((snapshot) => {
    const report = facts.ensembles[ensembleWith(facts, snapshot.name)]?.report;
    if (!report) return [];
    const { accuracy, low, high } = report.accuracy;
    return [
      {
        name: snapshot.name,
        label: snapshot.label,
        alone: snapshot.accuracy,
        accuracy,
        low,
        high,
        gain: snapshot.gain,
      },
    ];
  });
}

/** The report that came with a snapshot: greedy selection may not have taken it, so the order decides. */
function ensembleWith(facts: RunFacts, name: string): number {
  const index = facts.snapshots.findIndex((snapshot) => snapshot.name === name);
  const { step } = facts.snapshots[index]!;
  const sameStep = facts.ensembles.findIndex((point) => point.step === step);
  // Heads of folds have no steps of their own; they are judged together, after the last.
  return facts.snapshots.filter((snapshot) => snapshot.step === step).length > 1 ? -1 : sameStep;
}
