import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { attr, nativeBackend } from '../native.ts';

/** `keyscubic` is Pillow's bicubic (Keys 1981, a = −½), `triangle` its bilinear. */
type ResizeKernel = 'keyscubic' | 'triangle';

export interface ResizeOptions {
  /** Height and width of the result. */
  readonly size: readonly [number, number];
  /** Output pixels an input pixel, by height and width; default: size over input size. */
  readonly scale?: readonly [number, number];
  /** Output pixels that the scaled picture is moved by; default 0. */
  readonly translation?: readonly [number, number];
  readonly kernel: ResizeKernel;
}

/**
 * Resize with antialiasing: the kernel grows with the reduction, weights are normalised at the edges, as in Pillow.
 * images: float32 [B, H, W, C] → float32 [B, size…, C]. No gradient; values may leave the input's range (bicubic).
 */
export function scaleAndTranslate(images: Tensor4D, options: ResizeOptions): Tensor4D {
  const { size, kernel, translation = [0, 0] } = options;
  const [, height, width] = images.shape;
  const scale = options.scale ?? [size[0] / height, size[1] / width];
  const backend = nativeBackend();
  if (backend) {
    const attrs = [attr.float32, attr.string('kernel_type', kernel), attr.bool('antialias', true)];
    const inputs = [images, tf.tensor1d([...size], 'int32'), tf.tensor1d([...scale]), tf.tensor1d([...translation])];
    return backend.executeSingleOutput('ScaleAndTranslate', attrs, inputs) as Tensor4D;
  }
  const rows = resizeMatrix(height, size[0], scale[0], translation[0], kernel);
  const columns = resizeMatrix(width, size[1], scale[1], translation[1], kernel);
  return alongAxis(alongAxis(images, rows, 1), columns, 2);
}

/** Weights [to, from] of one axis. */
function resizeMatrix(
  from: number,
  to: number,
  scale: number,
  translation: number,
  kernel: ResizeKernel,
): Float32Array {
  const support = kernel === 'triangle' ? 1 : 2;
  const stretch = Math.max(1, 1 / scale);
  const weights = new Float32Array(to * from);
  for (let row = 0; row < to; row++) {
    const centre = (row + 0.5 - translation) / scale;
    if (centre < 0 || centre > from) continue;
    const first = Math.max(0, Math.ceil(centre - support * stretch - 0.5));
    const last = Math.min(from - 1, Math.floor(centre + support * stretch - 0.5));
    const taps = Array.from({ length: last - first + 1 }, (_, index) =>
      kernelValue(kernel, (first + index + 0.5 - centre) / stretch),
    );
    const total = taps.reduce((sum, tap) => sum + tap, 0);
    taps.forEach((tap, index) => (weights[row * from + first + index] = tap / total));
  }
  return weights;
}

function kernelValue(kernel: ResizeKernel, offset: number): number {
  const x = Math.abs(offset);
  if (kernel === 'triangle') return Math.max(0, 1 - x);
  if (x >= 2) return 0;
  return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
}

/** Multiplies one spatial axis by `weights` [to, from]. */
function alongAxis(images: Tensor4D, weights: Float32Array, axis: 1 | 2): Tensor4D {
  const from = images.shape[axis];
  const to = weights.length / from;
  const front = axis === 1 ? [1, 0, 2, 3] : [2, 0, 1, 3];
  const moved = tf.transpose(images, front);
  const product = tf.matMul(tf.tensor2d(weights, [to, from]), tf.reshape(moved, [from, -1]));
  const shape: [number, number, number, number] = [to, moved.shape[1]!, moved.shape[2]!, moved.shape[3]!];
  return tf.transpose(tf.reshape(product, shape), axis === 1 ? [1, 0, 2, 3] : [1, 2, 0, 3]) as Tensor4D;
}
