import type { TrainConfig } from '../protocol/train-config.ts';
import { scheduleFromConfig, type Schedule } from './schedule-from-config.ts';

export interface FineTunePlan {
  readonly batchSize: number;
  readonly stepsPerEpoch: number;
  readonly schedule: Schedule;
}

/** Batches, steps and learning rates for `pictures` training pictures. */
export function planFineTune(config: TrainConfig, pictures: number): FineTunePlan {
  const batchSize = Math.min(config.data.batchSize, pictures);
  const stepsPerEpoch = Math.ceil(pictures / batchSize);
  return {
    batchSize,
    stepsPerEpoch,
    schedule: scheduleFromConfig(config.schedule, stepsPerEpoch, config.ensemble.snapshots),
  };
}
