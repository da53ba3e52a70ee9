import type { Tensor, Tensor4D } from '../tensor/tf.ts';

/** An input of the compiled step before it is a tensor. */
export interface HostInput {
  readonly dtype: 'float32' | 'int32' | 'uint8';
  readonly shape: readonly number[];
  readonly data: Float32Array | Int32Array | Uint8Array;
}
export type HostInputs = Record<string, HostInput>;

/** Where in a run's plan a batch stands; all randomness of the batch is derived from it. */
export interface BatchPosition {
  /** Star branches differ here, so that they see other orders and other augmentations. */
  readonly branch: number;
  readonly epoch: number;
  readonly batch: number;
}

/**
 * Where batches come from: pictures, or features cached at the freeze boundary. The host half reads; the traced half
 * turns what was read into the activations that enter node `from`.
 */
export interface BatchSource {
  /** Node of the network whose output the traced half gives. */
  readonly from: string;
  /** Tensors embedded in the trace. */
  readonly constants: Record<string, Tensor>;
  /** Inputs of a training batch of these pictures (indices into the dataset). */
  training(pictures: ArrayLike<number>, position: BatchPosition): Promise<HostInputs>;
  /** Inputs without augmentation. */
  evaluation(pictures: ArrayLike<number>): Promise<HostInputs>;
  /**
   * float32 activations [B, …] at node `from`. Traced. `changed`: what becomes of augmented pictures (float32 [B, H, W, 3], 0..255)
   * before they are normalised; a source that reads no pictures never calls it.
   */
  trainingActivations(
    inputs: Record<string, Tensor>,
    constants: Record<string, Tensor>,
    changed?: (images: Tensor4D) => Tensor4D,
  ): Tensor;
  evaluationActivations(inputs: Record<string, Tensor>, constants: Record<string, Tensor>): Tensor;
}
