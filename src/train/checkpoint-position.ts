import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import type { EpochOutcome } from '../schedules/epoch-outcome.ts';
import { count } from '../protocol/schemas.ts';
import { fieldsOf, storedKind } from '../stored/kind.ts';
import { freshWatch, lossWatchSchema } from './safety/loss-watch.ts';
import { stepBackSchema } from './safety/step-backs.ts';

/**
 * Where training stands. Schedule position, data order and every random draw are functions of the step, the plan, the epochs before
 * and the run's seed, so they need no state of their own.
 */
const positionSchema = v.object({
  formatVersion: v.literal(3),
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
  /** What the steps so far say of the loss. */
  watch: lossWatchSchema,
  /** The times that training was put back, oldest first; each lowered the rate. */
  stepBacks: v.array(stepBackSchema),
  /** Steps done when the newest good state was taken, or when training was put back to it. */
  goodStep: count,
  /** Whether that state is the one before the first step, which no checkpoint holds. */
  goodIsStart: v.boolean(),
});
export type CheckpointPosition = Immutable<v.InferOutput<typeof positionSchema>>;

/** The beginning of a training, in a run that has done `runStep` steps before. */
export function startingPosition(runStep: number): CheckpointPosition {
  return {
    formatVersion: 3,
    step: 0,
    runStep,
    epochLoss: 0,
    epochSteps: 0,
    history: [],
    bestAccuracy: null,
    bestSnapshot: 0,
    stopped: false,
    watch: freshWatch,
    stepBacks: [],
    goodStep: 0,
    goodIsStart: true,
  };
}

/** Of every checkpoint, in the metadata of its file. */
export const checkpointKind = storedKind<CheckpointPosition>('checkpoint', positionSchema, [
  withHistory,
  withGoodState,
]);

/** From version 1 to 2: it kept no history, and called a snapshot a cycle. */
function withHistory(raw: unknown): unknown {
  const { bestCycle, ...same } = fieldsOf(raw);
  return { ...same, bestSnapshot: bestCycle, history: [], stopped: false };
}

/** From version 2 to 3: no good state was kept, so its own state is the good one. */
function withGoodState(raw: unknown): unknown {
  const position = fieldsOf(raw);
  return { ...position, watch: freshWatch, stepBacks: [], goodStep: position['step'], goodIsStart: false };
}
