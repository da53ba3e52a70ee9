import { tf, type Tensor, type Tensor4D } from '../tensor/tf.ts';
import type { TracedAugmentation } from './augmentation.ts';

/** Luma weights of ITU-R 601-2, as Pillow and torchvision have them. */
export const greyWeights = [0.299, 0.587, 0.114] as const;

/** Colours stay in 0..255, as torchvision's ColorJitter clamps each of its results. */
export const clamp = (pixels: Tensor): Tensor => tf.clipByValue(pixels, 0, 255);

/** Works on pictures as rows of pixels [B, P, 3]: grey mixes are then one small matrix product each. */
function onPixels(images: Tensor4D, change: (pixels: Tensor) => Tensor): Tensor4D {
  const [batch, height, width] = images.shape;
  const pixels = change(tf.reshape(images, [batch, height * width, 3]));
  return tf.reshape(pixels, [batch, height, width, 3]);
}

/** A number a picture, for its pixels: [B, 1, 1, 1] → [B, 1, 1]. */
const forPixels = (numbers: Tensor): Tensor => tf.reshape(numbers, [-1, 1, 1]);

/**
 * A change of colours by a factor f from 1 − strength to 1 + strength, the setting of the same name; every picture has its own.
 * @param adjust pixels: [B, P, 3]; factor: [B, 1, 1]
 */
export function colourFactor(
  key: 'brightness' | 'contrast' | 'saturation',
  adjust: (pixels: Tensor, factor: Tensor) => Tensor,
): TracedAugmentation {
  return {
    key,
    stage: 'colour',
    active: (config) => config[key] > 0,
    neutral: [1],
    draw: (config, random) => [random.between(1 - config[key], 1 + config[key])],
    apply: (images, [factor]) => onPixels(images, (pixels) => adjust(pixels, forPixels(factor!))),
  };
}
