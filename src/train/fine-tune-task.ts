import type { DatasetIndex } from '../protocol/dataset.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { Validation } from '../schedules/epoch-outcome.ts';
import type { TrainingPlan } from '../schedules/training-plan.ts';
import type { Tensor } from '../tensor/tf.ts';
import type { BatchSource } from './batch-source.ts';
import type { CompiledSteps } from './compiled-steps.ts';
import type { Evaluator } from './evaluator.ts';
import type { Network } from './network.ts';
import type { StepTechnique } from './technique.ts';
import type { TrainListener } from './train-listener.ts';

/** One training of one network: all that `fineTune` needs besides the run around it. */
export interface FineTuneTask {
  /** Names this part of the run: 'final', 'fold-2'. */
  readonly key: string;
  readonly network: Network;
  readonly source: BatchSource;
  readonly config: TrainConfig;
  readonly plan: TrainingPlan;
  /** Layer groups below this one never train. */
  readonly freezeTo: number;
  /** Indices into the dataset. */
  readonly pictures: readonly DatasetIndex[];
  readonly labelOf: (picture: DatasetIndex) => number;
  readonly listener: TrainListener;
  /** Default: all of techniques/index.ts. */
  readonly techniques?: readonly StepTechnique[];
  /** Steps that earlier trainings of the run compiled; default: none, and none is left. */
  readonly compiled?: CompiledSteps;
  /** Says what a network that looks suspicious answers to training pictures; absent: nobody looks. */
  readonly evaluator?: Pick<Evaluator, 'probabilities'>;
  /** Judges the network on held-out pictures after each epoch and at each snapshot; absent where nothing is held out. */
  readonly judge?: (params: Readonly<Record<string, Tensor>>) => Promise<Validation>;
}
