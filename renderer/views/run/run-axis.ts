import type { TrainConfig } from '../../../src/protocol/train-config.ts';
import { scheduleFromConfig } from '../../../src/schedules/schedule-from-config.ts';
import type { Gap, RunFacts } from '../../state/run-model.ts';

export type AxisKind = 'epoch' | 'time';

/** How steps and moments of a run become positions on the x axis. */
export interface RunAxis {
  readonly kind: AxisKind;
  /** Optimizer steps of an epoch; null before anything tells. */
  readonly stepsPerEpoch: number | null;
  readonly totalEpochs: number | null;
  readonly totalSteps: number | null;
  ofStep(step: number, at: number): number;
}

/** Epochs that the settings ask for; null where they make no schedule. */
export function epochsOf(config: TrainConfig): number | null {
  // Long epochs, so that rounding to whole steps does not show.
  const stepsPerEpoch = 10_000;
  try {
    return scheduleFromConfig(config.schedule, stepsPerEpoch, config.ensemble.snapshots).totalSteps / stepsPerEpoch;
  } catch {
    return null;
  }
}

/** Seconds that the run had worked when it was `at`: gaps take no time. Milliseconds since 1970. */
export function workedSeconds(startedAt: number, gaps: readonly Gap[], at: number): number {
  let milliseconds = at - startedAt;
  for (const gap of gaps) if (at > gap.from) milliseconds -= Math.min(at, gap.to) - gap.from;
  return Math.max(0, milliseconds / 1000);
}

export function runAxis(kind: AxisKind, facts: RunFacts, config: TrainConfig | null): RunAxis {
  const last = facts.epochs.at(-1);
  const totalSteps = facts.now?.totalSteps ?? null;
  const planned = config && epochsOf(config);
  const stepsPerEpoch = last ? last.step / last.epoch : totalSteps !== null && planned ? totalSteps / planned : null;
  const totalEpochs = stepsPerEpoch !== null && totalSteps !== null ? totalSteps / stepsPerEpoch : (planned ?? null);
  const startedAt = facts.startedAt ?? 0;
  return {
    kind,
    stepsPerEpoch,
    totalEpochs,
    totalSteps,
    ofStep:
      kind === 'time'
        ? (_, at) => workedSeconds(startedAt, facts.gaps, at)
        : (step) => (stepsPerEpoch === null ? 0 : step / stepsPerEpoch),
  };
}
