import { tf } from '../tensor/tf.ts';
import type { TracedAugmentation } from './augmentation.ts';
import { clamp, forPixels, onPixels } from './colour.ts';

/** torchvision's adjust_brightness: f·x, f from 1 − b to 1 + b. */
export const brightness: TracedAugmentation = {
  key: 'brightness',
  stage: 'colour',
  active: (config) => config.brightness > 0,
  neutral: [1],
  draw: (config, random) => [random.between(1 - config.brightness, 1 + config.brightness)],
  apply: (images, [factor]) => onPixels(images, (pixels) => clamp(tf.mul(pixels, forPixels(factor!)))),
};
