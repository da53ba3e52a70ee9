import { tf, type Tensor } from '../tensor/tf.ts';
import type { TracedAugmentation } from './augmentation.ts';
import { clamp, forPixels, greyWeights, onPixels } from './colour.ts';

/** torchvision's adjust_saturation: f·x + (1 − f)·grey(x), f from 1 − s to 1 + s. */
export const saturation: TracedAugmentation = {
  key: 'saturation',
  stage: 'colour',
  active: (config) => config.saturation > 0,
  neutral: [1],
  draw: (config, random) => [random.between(1 - config.saturation, 1 + config.saturation)],
  apply: (images, [factor]) => onPixels(images, (pixels) => adjusted(pixels, forPixels(factor!))),
};

/** x times the matrix f·I + (1 − f)·w·1ᵀ of its picture. pixels: [B, P, 3]; factor: [B, 1, 1]. */
function adjusted(pixels: Tensor, factor: Tensor): Tensor {
  const identity = tf.tensor3d([
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  ]);
  const grey = tf.tensor3d([greyWeights.map((weight) => [weight, weight, weight])]);
  return clamp(tf.matMul(pixels, tf.add(tf.mul(identity, factor), tf.mul(grey, tf.sub(1, factor)))));
}
