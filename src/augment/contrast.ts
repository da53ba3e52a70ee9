import { tf } from '../tensor/tf.ts';
import { clamp, colourFactor, greyWeights } from './colour.ts';

/** torchvision's adjust_contrast: f·x + (1 − f)·m, m the mean grey of the picture. */
export const contrast = colourFactor('contrast', (pixels, factor) => {
  const meanColour = tf.mean(pixels, 1, true);
  const grey = tf.sum(tf.mul(meanColour, tf.tensor3d([[[...greyWeights]]])), 2, true);
  return clamp(tf.add(tf.mul(pixels, factor), tf.mul(grey, tf.sub(1, factor))));
});
