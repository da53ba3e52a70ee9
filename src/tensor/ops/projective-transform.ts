import type { Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { attr, nativeBackend } from '../native.ts';

export interface ProjectiveOptions {
  /** Height and width of the result. */
  readonly size: readonly [number, number];
  readonly interpolation?: 'bilinear' | 'nearest';
  /** What lies beyond the edge: the picture mirrored, wrapped round, its edge repeated, or black. */
  readonly fill?: 'reflect' | 'wrap' | 'nearest' | 'constant';
}

/**
 * Samples every picture through its own projective map from output to input pixels:
 * (x, y) ← ((a₀x + a₁y + a₂) / k, (a₃x + a₄y + a₅) / k), k = a₆x + a₇y + 1.
 * images: float32 [B, H, W, C]; transforms: float32 [B, 8] → float32 [B, size…, C]. No gradient.
 */
export function projectiveTransform(images: Tensor4D, transforms: Tensor2D, options: ProjectiveOptions): Tensor4D {
  const { size, interpolation = 'bilinear', fill = 'reflect' } = options;
  const backend = nativeBackend();
  if (!backend) return tf.image.transform(images, transforms, interpolation, fill, 0, [...size]);
  const attrs = [
    attr.type('dtype', 'float32'),
    attr.string('interpolation', interpolation.toUpperCase()),
    attr.string('fill_mode', fill.toUpperCase()),
  ];
  return backend.executeSingleOutput('ImageProjectiveTransformV3', attrs, [
    images,
    transforms,
    tf.tensor1d([...size], 'int32'),
    tf.scalar(0),
  ]) as Tensor4D;
}
