import { projectiveTransform } from '../tensor/ops/projective-transform.ts';
import { tf, type Tensor2D, type Tensor4D } from '../tensor/tf.ts';
import type { Augmentation } from './augmentation.ts';
import { centreCropOffset } from './centre-crop.ts';

/**
 * Geometry, colours and masks of a batch, inside the compiled step; all that is random comes in as inputs (see draw.ts).
 * images: float32 [B, side, side, 3], 0..255; transforms: float32 [B, 8]; numbers: float32 [B, columns], null where no traced
 * augmentation acts. Gives float32 [B, size, size, 3], 0..255. Sampling is bilinear; beyond its edge a picture is mirrored. No gradient.
 */
export function applyAugmentation(
  active: readonly Augmentation[],
  images: Tensor4D,
  transforms: Tensor2D,
  numbers: Tensor2D | null,
  size: number,
): Tensor4D {
  return tf.tidy(() => {
    let views = projectiveTransform(images, transforms, { size: [size, size] });
    let column = 0;
    for (const augmentation of active) {
      if (augmentation.stage !== 'colour' && augmentation.stage !== 'mask') continue;
      const drawn = augmentation.neutral.map(() =>
        tf.reshape(tf.slice(numbers!, [0, column++], [-1, 1]), [-1, 1, 1, 1]),
      );
      views = augmentation.apply(views, drawn);
    }
    return views;
  });
}

/** The centre square of `size`: what a picture without augmentation is. [B, side, side, C] → [B, size, size, C]. */
export function centreCrop(images: Tensor4D, size: number): Tensor4D {
  const side = images.shape[1];
  if (side === size) return images;
  const offset = centreCropOffset(side, size);
  return tf.slice(images, [0, offset, offset, 0], [-1, size, size, -1]);
}
