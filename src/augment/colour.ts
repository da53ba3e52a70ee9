import { tf, type Tensor, type Tensor2D, type Tensor4D } from '../tensor/tf.ts';
import { adjustHue } from '../tensor/ops/colour.ts';
import type { AugmentStructure } from './draw.ts';

/** Luma weights of ITU-R 601-2, as Pillow and torchvision have them. */
const greyWeights = [0.299, 0.587, 0.114] as const;

/**
 * torchvision's ColorJitter with factors fed per picture, in the fixed order brightness, contrast, saturation, hue; each
 * result is clamped to 0..255 as there. images: float32 [B, H, W, 3]; colours: float32 [B, 4] (three factors, hue in turns).
 */
export function adjustColours(images: Tensor4D, colours: Tensor2D, structure: AugmentStructure): Tensor4D {
  const factor = (index: number) => tf.reshape(tf.slice(colours, [0, index], [-1, 1]), [-1, 1, 1]);
  const [batch, height, width] = images.shape;
  // Pixels as rows: both grey mixes are then one small matrix product each.
  let pixels: Tensor = tf.reshape(images, [batch, height * width, 3]);
  if (structure.brightness) pixels = clamp(tf.mul(pixels, factor(0)));
  if (structure.contrast) pixels = contrast(pixels, factor(1));
  if (structure.saturation) pixels = saturation(pixels, factor(2));
  const adjusted = tf.reshape(pixels, [batch, height, width, 3]) as Tensor4D;
  if (!structure.hue) return adjusted;
  return tf.mul(adjustHue(tf.div(adjusted, 255), tf.reshape(factor(3), [-1, 1, 1, 1])), 255);
}

const clamp = (pixels: Tensor): Tensor => tf.clipByValue(pixels, 0, 255);

/** f·x + (1 − f)·m, m the mean grey of the picture. pixels: [B, P, 3]; factor: [B, 1, 1]. */
function contrast(pixels: Tensor, factor: Tensor): Tensor {
  const meanColour = tf.mean(pixels, 1, true);
  const grey = tf.sum(tf.mul(meanColour, tf.tensor3d([[[...greyWeights]]])), 2, true);
  return clamp(tf.add(tf.mul(pixels, factor), tf.mul(grey, tf.sub(1, factor))));
}

/** f·x + (1 − f)·grey(x): x times the matrix f·I + (1 − f)·w·1ᵀ of its picture. */
function saturation(pixels: Tensor, factor: Tensor): Tensor {
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
