import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

/**
 * The sum of tensors of one shape, in their order. TensorFlow gathers chains of `add` into AddN and sums that in whatever order its
 * terms are ready, so that equal seeds would not give equal bits; a sum over a stacked axis has one order.
 */
export function orderedSum(terms: readonly Tensor[]): Tensor {
  return terms.length === 1 ? terms[0]! : tf.sum(tf.stack([...terms]), 0);
}
