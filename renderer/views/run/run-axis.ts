import type { Gap, RunFacts } from '../../state/run-model.ts';
import type { RunPlan } from '../../state/run-plan.ts';

export type AxisKind = 'epoch' | 'time';

/** How steps and moments of a run become positions on the x axis. */
export interface RunAxis {
  readonly kind: AxisKind;
  /** With fractions; null where nothing tells. */
  readonly totalEpochs: number | null;
  ofStep(step: number, at: number): number;
}

/** Seconds that the run had worked when it was `at`: gaps take no time. Milliseconds since 1970. */
export function workedSeconds(startedAt: number, gaps: readonly Gap[], at: number): number {
  let milliseconds = at - startedAt;
  for (const gap of gaps) if (at > gap.from) milliseconds -= Math.min(at, gap.to) - gap.from;
  return Math.max(0, milliseconds / 1000);
}

export function runAxis(kind: AxisKind, facts: Pick<RunFacts, 'startedAt' | 'gaps'>, planned: RunPlan | null): RunAxis {
  const startedAt = facts.startedAt ?? 0;
  return {
    kind,
    totalEpochs: planned && planned.plan.epochsIn(planned.plan.totalSteps),
    ofStep:
      kind === 'time'
        ? (_, at) => workedSeconds(startedAt, facts.gaps, at)
        : (step) => (planned ? planned.plan.epochsIn(step - planned.stepsBefore) : 0),
  };
}
