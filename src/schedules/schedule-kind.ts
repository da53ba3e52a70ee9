import { AnnealError } from '../base/errors.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { EpochOutcome } from './epoch-outcome.ts';

export type ScheduleSettings = TrainConfig['schedule'];

/** What a schedule is laid out over. */
export interface ScheduleRoom {
  readonly stepsPerEpoch: number;
  readonly warmupSteps: number;
}

/** A schedule without its warm-up: steps count from its own first one. */
export interface ScheduleLayout {
  readonly steps: number;
  /** Steps done when each cycle ends, the last one `steps`; null where the schedule has no cycles. */
  readonly cycleEnds: readonly number[] | null;
  /** A rule that looks back reads the epochs that ended before `step`; all others are functions of the step alone. */
  rate(step: number, history: readonly EpochOutcome[]): number;
}

/** A schedule is one file that gives this, and one line in index.ts. */
export interface ScheduleKind {
  /** Throws `schedule.warmupTooLong`, `schedule.tooLong`. */
  layOut(settings: ScheduleSettings, room: ScheduleRoom): ScheduleLayout;
}

/** Steps of a schedule without cycles: `epochs` long, warm-up included. Throws `schedule.warmupTooLong`. */
export function stepsAfterWarmUp({ epochs, warmupEpochs }: ScheduleSettings, room: ScheduleRoom): number {
  const steps = epochs * room.stepsPerEpoch - room.warmupSteps;
  if (steps < 1) throw new AnnealError('schedule.warmupTooLong', { warmupEpochs, epochs });
  return steps;
}
