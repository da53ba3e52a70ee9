import * as tf from '@tensorflow/tfjs-core';
import type { Tensor4D } from '@tensorflow/tfjs-core';

/**
 * Pixel values 0..255 (float32 [B, H, W, 3]) as a network wants them: `(x / 255 − mean) / std` per channel, float32.
 * Written as one product and one sum, which TensorFlow can fold into the first convolution.
 */
export function normalise(
  images: Tensor4D,
  { mean, std }: { readonly mean: readonly number[]; readonly std: readonly number[] },
): Tensor4D {
  const scale = tf.tensor1d(std.map((deviation) => 1 / (255 * deviation)));
  const shift = tf.tensor1d(mean.map((value, channel) => -value / std[channel]!));
  return tf.add(tf.mul(images, scale), shift);
}
