import type { Scalar, Tensor } from '../../tensor/tf.ts';

/**
 * The loss of a batch, traced and differentiated.
 * @param logits float32 [B, classes]
 * @param targets float32 [B, classes], rows of padding zero
 * @param denominator float32 scalar: what a sum over the batch is divided by
 */
export type Loss = (logits: Tensor, targets: Tensor, denominator: Tensor) => Scalar;
