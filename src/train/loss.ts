import { tf, type Scalar, type Tensor } from '../tensor/tf.ts';

/**
 * Weighted cross-entropy of a batch, see targets.ts for the form.
 * @param logits float32 [B, classes]
 * @param targets float32 [B, classes], rows of padding zero
 * @param denominator float32 scalar
 */
export function crossEntropy(logits: Tensor, targets: Tensor, denominator: Tensor): Scalar {
  const logProbabilities = tf.logSoftmax(logits, 1);
  return tf.neg(tf.div(tf.sum(tf.mul(targets, logProbabilities)), denominator)) as Scalar;
}
