import type { Preprocessing } from '../protocol/preprocessing.ts';
import { tf, type Tensor4D } from '../tensor/tf.ts';

/**
 * Pixel values 0..255 (float32 [B, H, W, 3]) as the network wants them: `(x / 255 − mean) / std` per channel, float32.
 * Written as one product and one sum, which TensorFlow can fold into the first convolution.
 */
export function normalise(images: Tensor4D, preprocessing: Pick<Preprocessing, 'mean' | 'std'>): Tensor4D {
  const { mean, std } = preprocessing;
  const scale = tf.tensor1d(std.map((deviation) => 1 / (255 * deviation)));
  const shift = tf.tensor1d(mean.map((value, channel) => -value / std[channel]!));
  return tf.add(tf.mul(images, scale), shift);
}
