import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { attr, nativeBackend } from '../native.ts';

/** Σx² as a scalar, in one pass over the numbers and without a copy of them. No gradient. */
export function sumOfSquares(x: Tensor): Tensor {
  const backend = nativeBackend();
  if (!backend) return tf.sum(tf.square(x));
  // TensorFlow's L2Loss is half of it; doubling is exact.
  return tf.mul(backend.executeSingleOutput('L2Loss', [attr.float32], [x]), 2);
}
