import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import type { EpochOutcome } from '../schedules/epoch-outcome.ts';
import { count } from '../protocol/schemas.ts';
import { fieldsOf, storedKind } from '../stored/kind.ts';

/**
 * Where training stands. Schedule position, data order and every random draw are functions of the step, the plan, the epochs before
 * and the run's seed, so they need no state of their own.
 */
const positionSchema = v.object({
  formatVersion: v.literal(2),
  /** Steps done in this training. */
  step: count,
  /** Steps done in the whole run. */
  runStep: count,
  /** Sum of the losses of the current epoch so far, and its steps. */
  epochLoss: v.number(),
  epochSteps: count,
  /** The epochs that have ended, oldest first. */
  history: v.array(
    v.object({
      epoch: count,
      trainLoss: v.number(),
      validation: v.nullable(v.object({ accuracy: v.number(), loss: v.number() })),
    }) satisfies v.GenericSchema<unknown, EpochOutcome>,
  ),
  /** Best validation accuracy of a snapshot; null where nothing is held out, and before the first. */
  bestAccuracy: v.nullable(v.number()),
  /** Index of that snapshot; where nothing is held out, of the newest. */
  bestSnapshot: count,
  /** A listener ended the training here. */
  stopped: v.boolean(),
});
export type CheckpointPosition = Immutable<v.InferOutput<typeof positionSchema>>;

/** The beginning of a training, in a run that has done `runStep` steps before. */
export function startingPosition(runStep: number): CheckpointPosition {
  return {
    formatVersion: 2,
    step: 0,
    runStep,
    epochLoss: 0,
    epochSteps: 0,
    history: [],
    bestAccuracy: null,
    bestSnapshot: 0,
    stopped: false,
  };
}

/** Of every checkpoint, in the metadata of its file. */
export const checkpointKind = storedKind<CheckpointPosition>('checkpoint', positionSchema, [withHistory]);

/** From version 1 to 2: it kept no history, and called a snapshot a cycle. */
function withHistory(raw: unknown): unknown {
  const { bestCycle, ...same } = fieldsOf(raw);
  return { ...same, bestSnapshot: bestCycle, history: [], stopped: false };
}
