import type { ErrorParams } from '../base/errors.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import type { Tensor } from '../tensor/tf.ts';
import type { BatchTargets } from './targets.ts';

/** What a technique may know of a batch on the host. */
export interface TechniqueBatch {
  /** Labels of the batch; entries from `count` on are padding. */
  readonly labels: ArrayLike<number>;
  readonly count: number;
  readonly classes: number;
  /** Pictures of each class in the training part. */
  readonly classCounts: readonly number[];
}

/**
 * One shape for every technique that acts on loss or gradients: what it decides on the host is fed (never frozen into the
 * trace), what it does inside the step is traced. The order of application is the array in techniques/index.ts.
 */
export interface Technique {
  readonly key: string;
  /** Where it comes from. */
  readonly source: string;
  active(config: TrainConfig): boolean;
  /** Code and params of the error where a configuration cannot be meant. */
  conflict?(config: TrainConfig): { readonly code: string; readonly params: ErrorParams } | null;
  /** Changes the targets that the loss is fed. */
  targets?(config: TrainConfig, batch: TechniqueBatch, targets: BatchTargets): BatchTargets;
  /** Changes the gradients, by parameter name, before the optimizer. Traced. */
  gradients?(config: TrainConfig, gradients: Record<string, Tensor>): Record<string, Tensor>;
}
