import { AnnealError } from '../base/errors.ts';
import type { PlanRecord } from '../protocol/plan-record.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { equalEnds } from './cycles.ts';
import { scheduleKinds, type ScheduleKinds } from './index.ts';
import { stepsOfEpoch, TrainingPlan } from './training-plan.ts';
import { plannedUnfreezings, type LayerFacts } from './unfreezing.ts';

export interface PlanFacts extends LayerFacts {
  /** Training pictures, at least one. */
  readonly pictures: number;
}

/** The part of a configuration that a plan follows from. */
export type PlanSettings = Pick<TrainConfig, 'data' | 'schedule' | 'ensemble' | 'tune' | 'stop'>;

/**
 * The plan of one training over `facts.pictures` pictures.
 *
 * A schedule with cycles has its own length and a snapshot at the end of each cycle; the others are `schedule.epochs` long, warm-up
 * included, with `ensemble.snapshots` snapshots at equal distances up to the end. Star branches, gradual unfreezing and patience go by
 * cycles: without cycles they mean nothing.
 *
 * Throws `schedule.floorAbovePeak`, `schedule.warmupTooLong`, `schedule.tooManySnapshots`, `schedule.tooLong`.
 */
export function planTraining(
  config: PlanSettings,
  facts: PlanFacts,
  kinds: ScheduleKinds = scheduleKinds,
): TrainingPlan {
  const { data, schedule, ensemble, tune, stop } = config;
  const { maxLearningRate, minLearningRate } = schedule;
  if (minLearningRate > maxLearningRate) {
    throw new AnnealError('schedule.floorAbovePeak', { minLearningRate, maxLearningRate });
  }
  const { pictures, layerGroups } = facts;
  const batchSize = Math.min(data.batchSize, pictures);
  const stepsPerEpoch = stepsOfEpoch({ pictures, batchSize });
  const warmupSteps = Math.round(schedule.warmupEpochs * stepsPerEpoch);
  const layout = kinds[schedule.name].layOut(schedule, { stepsPerEpoch, warmupSteps });
  const totalSteps = warmupSteps + layout.steps;
  const cycleEnds = layout.cycleEnds?.map((end) => warmupSteps + end) ?? null;
  const restarts = cycleEnds?.slice(0, -1) ?? [];
  const snapshotSteps = cycleEnds ?? equalEnds(totalSteps, ensemble.snapshots);
  const record: PlanRecord = {
    formatVersion: 1,
    pictures,
    batchSize,
    totalSteps,
    warmupSteps,
    schedule,
    layerGroups,
    snapshots: snapshotSteps.map((step, i) => ({ step, member: `snapshot-${i + 1}` })),
    restarts,
    branches: ensemble.start === 'star' ? restarts : [],
    unfreezings: plannedUnfreezings(tune, facts, cycleEnds && [0, ...restarts]),
    checkpoints: snapshotSteps,
    patience: cycleEnds !== null && stop.patienceCycles > 0 ? stop.patienceCycles : null,
  };
  return new TrainingPlan(record, kinds);
}
