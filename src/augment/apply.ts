import { attr } from '../tensor/native.ts';
import { tf, type Tensor, type Tensor2D, type Tensor4D } from '../tensor/tf.ts';
import { adjustColours } from './colour.ts';
import { centreCropOffset } from './centre-crop.ts';
import type { AugmentStructure } from './draw.ts';
import { nativeOp } from './native-op.ts';

/**
 * Geometry and colours of a batch, inside the compiled step; all that is random comes in as inputs.
 * images: float32 [B, side, side, 3], 0..255; transforms: float32 [B, 8]; colours: float32 [B, 4] (see draw.ts).
 * Gives float32 [B, size, size, 3], 0..255. Sampling is bilinear; beyond its edge a picture is mirrored. No gradient.
 * Native back end only.
 */
export function applyAugmentation(
  images: Tensor4D,
  transforms: Tensor2D,
  colours: Tensor2D,
  options: { readonly size: number; readonly structure: AugmentStructure },
): Tensor4D {
  return tf.tidy(() => adjustColours(projectPictures(images, transforms, options.size), colours, options.structure));
}

/** One projective map a picture, output pixel → input pixel, bilinear, mirrored beyond the edge. [B, s, s, C] → [B, size, size, C]. */
function projectPictures(images: Tensor4D, transforms: Tensor2D, size: number): Tensor4D {
  const attrs = [
    attr.type('dtype', 'float32'),
    attr.string('interpolation', 'BILINEAR'),
    attr.string('fill_mode', 'REFLECT'),
  ];
  const inputs: Tensor[] = [images, transforms, tf.tensor1d([size, size], 'int32'), tf.scalar(0)];
  return nativeOp('ImageProjectiveTransformV3', attrs, inputs) as Tensor4D;
}

/** The centre square of `size`: what a picture without augmentation is. Any back end. [B, side, side, C] → [B, size, size, C]. */
export function centreCrop(images: Tensor4D, size: number): Tensor4D {
  const side = images.shape[1];
  if (side === size) return images;
  const offset = centreCropOffset(side, size);
  return tf.slice(images, [0, offset, offset, 0], [-1, size, size, -1]);
}
