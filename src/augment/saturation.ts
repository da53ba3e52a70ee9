import { tf } from '../tensor/tf.ts';
import { clamp, colourFactor, greyWeights } from './colour.ts';

/** torchvision's adjust_saturation: f·x + (1 − f)·grey(x), which is x times the matrix f·I + (1 − f)·w·1ᵀ of its picture. */
export const saturation = colourFactor('saturation', (pixels, factor) => {
  const identity = tf.tensor3d([
    [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ],
  ]);
  const grey = tf.tensor3d([greyWeights.map((weight) => [weight, weight, weight])]);
  return clamp(tf.matMul(pixels, tf.add(tf.mul(identity, factor), tf.mul(grey, tf.sub(1, factor)))));
});
