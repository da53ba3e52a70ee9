import { orderedSum } from '../tensor/ops/ordered-sum.ts';
import { tf, type Tensor } from '../tensor/tf.ts';

/** √Σx² over all tensors: float32 scalar; 0 for none. */
export function globalNorm(tensors: readonly Tensor[]): Tensor {
  return tf.sqrt(tensors.length === 0 ? tf.scalar(0) : orderedSum(tensors.map((tensor) => tf.sum(tf.square(tensor)))));
}
