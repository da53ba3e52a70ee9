import { tf, type Scalar } from '../../tensor/tf.ts';
import type { Loss } from './loss.ts';

/** −Σ target · log p / denominator: weighted cross-entropy, see targets.ts for the form. */
export const crossEntropy: Loss = (logits, targets, denominator) => {
  const logProbabilities = tf.logSoftmax(logits, 1);
  return tf.neg(tf.div(tf.sum(tf.mul(targets, logProbabilities)), denominator)) as Scalar;
};
