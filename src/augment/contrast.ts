import { tf, type Tensor } from '../tensor/tf.ts';
import type { TracedAugmentation } from './augmentation.ts';
import { clamp, forPixels, greyWeights, onPixels } from './colour.ts';

/** torchvision's adjust_contrast: f·x + (1 − f)·m, m the mean grey of the picture, f from 1 − c to 1 + c. */
export const contrast: TracedAugmentation = {
  key: 'contrast',
  stage: 'colour',
  active: (config) => config.contrast > 0,
  neutral: [1],
  draw: (config, random) => [random.between(1 - config.contrast, 1 + config.contrast)],
  apply: (images, [factor]) => onPixels(images, (pixels) => adjusted(pixels, forPixels(factor!))),
};

/** pixels: [B, P, 3]; factor: [B, 1, 1]. */
function adjusted(pixels: Tensor, factor: Tensor): Tensor {
  const meanColour = tf.mean(pixels, 1, true);
  const grey = tf.sum(tf.mul(meanColour, tf.tensor3d([[[...greyWeights]]])), 2, true);
  return clamp(tf.add(tf.mul(pixels, factor), tf.mul(grey, tf.sub(1, factor))));
}
