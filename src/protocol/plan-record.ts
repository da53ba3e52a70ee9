import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { sectionSchema } from '../settings/section-schema.ts';
import { count } from './schemas.ts';

/**
 * The plan of one training as plain data: `TrainingPlan` in schedules/ is rebuilt from it, so a run of long ago is drawn without its
 * dataset. All steps count from 0 within this training; a list of steps is ascending. It is told anew with each training: it has a
 * version of its own, and grows with the event.
 */
export const planSchema = v.object({
  formatVersion: v.literal(1),
  /** Pictures that an epoch shows. */
  pictures: count,
  batchSize: count,
  totalSteps: count,
  warmupSteps: count,
  /** What the learning rate follows from. */
  schedule: sectionSchema('schedule'),
  /** Of the network, shallow to deep, each with its factor on the learning rate; the head's is the last. */
  layerGroups: v.array(v.object({ name: v.string(), lrScale: v.number() })),
  /** Members taken from the training network after `step` steps, by name: 'snapshot-1'. */
  snapshots: v.array(v.object({ step: count, member: v.string() })),
  /** First steps of all cycles but the first: the rate is at its peak again. Empty where the schedule has no cycles. */
  restarts: v.array(count),
  /** Restarts at which the weights go back to those of the first snapshot, with empty optimizer slots. */
  branches: v.array(count),
  /** From `step` on, layer groups below `freezeTo` are frozen. The first stands at step 0. */
  unfreezings: v.array(v.object({ step: count, freezeTo: count })),
  /** Steps after which a checkpoint is written whatever the clock says. */
  checkpoints: v.array(count),
  /** Training ends after so many snapshots in a row that validated no better than the best before; null: never. */
  patience: v.nullable(count),
});

export type PlanRecord = Immutable<v.InferOutput<typeof planSchema>>;
export type PlannedLayerGroup = PlanRecord['layerGroups'][number];
export type PlannedSnapshot = PlanRecord['snapshots'][number];
export type PlannedUnfreezing = PlanRecord['unfreezings'][number];
