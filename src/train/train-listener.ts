import type { EpochOutcome, Validation } from '../schedules/epoch-outcome.ts';
import type { Tensor } from '../tensor/tf.ts';

/** Named numbers of one step. More are added without changing who reads these. */
export interface StepMeasures extends Readonly<Record<string, number>> {
  /** Training loss of the batch, augmentation included. */
  readonly loss: number;
  /** Of a layer group with scale 1. */
  readonly learningRate: number;
}

export interface StepEnd {
  /** Steps done in this training. */
  readonly step: number;
  readonly measures: StepMeasures;
}

interface EpochEnd extends EpochOutcome {
  /** What training changes; disposed when the promise settles. */
  readonly params: Readonly<Record<string, Tensor>>;
}

interface SnapshotTaken {
  /** Its name in the plan. */
  readonly member: string;
  /** Among the snapshots of the plan, from 0. */
  readonly index: number;
  readonly validation: Validation | null;
  /** What training changes; disposed when the promise settles. */
  readonly params: Readonly<Record<string, Tensor>>;
}

/** What happens around the loop; each method has one job. */
export interface TrainListener {
  /** Once a call of `fineTune`; `step`: steps of this training that were done before. */
  started?(step: number): void;
  stepEnded?(step: StepEnd): void;
  epochEnded?(epoch: EpochEnd): Promise<void>;
  snapshot?(snapshot: SnapshotTaken): Promise<void>;
  /** Asked after each step and what ended with it; true ends the training there, for a resumed one too. */
  shouldStop?(): boolean;
}
