import { projectiveTransform } from '../tensor/ops/projective-transform.ts';
import { tf, type Tensor2D, type Tensor4D } from '../tensor/tf.ts';
import { centreCropOffset } from './centre-crop.ts';
import { adjustColours } from './colour.ts';
import type { AugmentStructure } from './draw.ts';

/**
 * Geometry and colours of a batch, inside the compiled step; all that is random comes in as inputs.
 * images: float32 [B, side, side, 3], 0..255; transforms: float32 [B, 8]; colours: float32 [B, 4] (see draw.ts).
 * Gives float32 [B, size, size, 3], 0..255. Sampling is bilinear; beyond its edge a picture is mirrored. No gradient.
 */
export function applyAugmentation(
  images: Tensor4D,
  transforms: Tensor2D,
  colours: Tensor2D,
  options: { readonly size: number; readonly structure: AugmentStructure },
): Tensor4D {
  const { size, structure } = options;
  return tf.tidy(() =>
    adjustColours(projectiveTransform(images, transforms, { size: [size, size] }), colours, structure),
  );
}

/** The centre square of `size`: what a picture without augmentation is. [B, side, side, C] → [B, size, size, C]. */
export function centreCrop(images: Tensor4D, size: number): Tensor4D {
  const side = images.shape[1];
  if (side === size) return images;
  const offset = centreCropOffset(side, size);
  return tf.slice(images, [0, offset, offset, 0], [-1, size, size, -1]);
}
