import type { EpochOutcome } from '../schedules/epoch-outcome.ts';

/**
 * Where training stands. Schedule position, data order and every random draw are functions of the step, the plan, the epochs before
 * and the run's seed, so they need no state of their own.
 */
export interface CheckpointPosition {
  readonly formatVersion: 2;
  /** Steps done in this training. */
  readonly step: number;
  /** Steps done in the whole run. */
  readonly runStep: number;
  /** Sum of the losses of the current epoch so far, and its steps. */
  readonly epochLoss: number;
  readonly epochSteps: number;
  /** The epochs that have ended, oldest first. */
  readonly history: readonly EpochOutcome[];
  /** Best validation accuracy of a snapshot; null where nothing is held out, and before the first. */
  readonly bestAccuracy: number | null;
  /** Index of that snapshot; where nothing is held out, of the newest. */
  readonly bestSnapshot: number;
  /** A listener ended the training here. */
  readonly stopped: boolean;
}

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

/** Version 1 kept no history, and called a snapshot a cycle. */
interface PositionVersion1 {
  readonly formatVersion: 1;
  readonly step: number;
  readonly runStep: number;
  readonly epochLoss: number;
  readonly epochSteps: number;
  readonly bestAccuracy: number | null;
  readonly bestCycle: number;
}

/** The position that a checkpoint of any version holds. */
export function readPosition(stored: CheckpointPosition | PositionVersion1): CheckpointPosition {
  if (stored.formatVersion !== 1) return stored;
  const { bestCycle: bestSnapshot, ...same } = stored;
  return { ...same, bestSnapshot, formatVersion: 2, history: [], stopped: false };
}
