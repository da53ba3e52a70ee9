import { statelessUniform } from '../tensor/ops/random.ts';
import { tf, type Tensor, type Tensor1D } from '../tensor/tf.ts';

/**
 * Inverted dropout (Srivastava et al. 2014): each element is zero with probability `rate`, the others are scaled by
 * 1 / (1 − rate). `seed`: int32 [2], an input of the step, so that a resumed run draws the same masks; `index` tells
 * the dropout nodes of one network apart.
 */
export function dropout(x: Tensor, rate: number, seed: Tensor, index: number): Tensor {
  if (rate === 0) return x;
  const drawn = (index === 0 ? seed : tf.add(seed, tf.tensor1d([0, index], 'int32'))) as Tensor1D;
  const kept = tf.cast(tf.greaterEqual(statelessUniform(x.shape, drawn), rate), 'float32');
  return tf.mul(x, tf.mul(kept, 1 / (1 - rate)));
}
