import { adjustHue } from '../tensor/ops/colour.ts';
import { tf, type Tensor4D } from '../tensor/tf.ts';
import type { TracedAugmentation } from './augmentation.ts';

/** torchvision's adjust_hue: the colour circle turned by up to `hue` of a full turn either way. */
export const hue: TracedAugmentation = {
  key: 'hue',
  stage: 'colour',
  active: (config) => config.hue > 0,
  neutral: [0],
  draw: (config, random) => [random.between(-config.hue, config.hue)],
  apply: (images, [turns]) => tf.mul(adjustHue(tf.div(images, 255), turns as Tensor4D), 255),
};
