import { tf } from '../tensor/tf.ts';
import { clamp, colourFactor } from './colour.ts';

/** torchvision's adjust_brightness: f·x. */
export const brightness = colourFactor('brightness', (pixels, factor) => clamp(tf.mul(pixels, factor)));
