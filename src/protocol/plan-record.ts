import type { TrainConfig } from '../settings/train-config.ts';

/** A member that is taken from the training network after `step` steps. */
export interface PlannedSnapshot {
  readonly step: number;
  /** Its name: 'snapshot-1'. */
  readonly member: string;
}

/** A layer group and its factor on the learning rate. */
export interface PlannedLayerGroup {
  readonly name: string;
  readonly lrScale: number;
}

/** From `step` on, layer groups below `freezeTo` are frozen. */
export interface PlannedUnfreezing {
  readonly step: number;
  readonly freezeTo: number;
}

/**
 * The plan of one training as plain data: `TrainingPlan` in schedules/ is rebuilt from it, so a run of long ago is drawn without its
 * dataset. All steps count from 0 within this training; a list of steps is ascending.
 */
export interface PlanRecord {
  readonly formatVersion: 1;
  /** Pictures that an epoch shows. */
  readonly pictures: number;
  readonly batchSize: number;
  readonly totalSteps: number;
  readonly warmupSteps: number;
  /** What the learning rate follows from. */
  readonly schedule: TrainConfig['schedule'];
  /** Of the network, shallow to deep; the head's is the last. */
  readonly layerGroups: readonly PlannedLayerGroup[];
  readonly snapshots: readonly PlannedSnapshot[];
  /** First steps of all cycles but the first: the rate is at its peak again. Empty where the schedule has no cycles. */
  readonly restarts: readonly number[];
  /** Restarts at which the weights go back to those of the first snapshot, with empty optimizer slots. */
  readonly branches: readonly number[];
  /** The first stands at step 0. */
  readonly unfreezings: readonly PlannedUnfreezing[];
  /** Steps after which a checkpoint is written whatever the clock says. */
  readonly checkpoints: readonly number[];
  /** Training ends after so many snapshots in a row that validated no better than the best before; null: never. */
  readonly patience: number | null;
}
