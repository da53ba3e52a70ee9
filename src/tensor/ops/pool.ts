import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { pairOf, type Sides } from '../../base/sides.ts';
import { attr, nativeBackend } from '../native.ts';
import type { Pads, WindowOptions } from './window.ts';
import { paddingAttrs, spatialPads } from './window.ts';

export interface PoolOptions extends WindowOptions {
  readonly kernelSize: Sides;
  /** True: a last, incomplete window counts too (torch's rule). */
  readonly ceilMode?: boolean;
}

/** The greatest of each window; padding never wins. x: float32 [B, H, W, C] → float32 [B, H', W', C]. Gradient to x. */
export function maxPool(x: Tensor4D, options: PoolOptions): Tensor4D {
  const [kernel, stride] = [pairOf(options.kernelSize), pairOf(options.stride)];
  const pads = spatialPads(x.shape, kernel, options, options.ceilMode);
  const backend = nativeBackend();
  if (!backend) return tf.maxPool(padded(x, pads, lowest), [...kernel], [...stride], 'valid');
  const { padding, explicit } = paddingAttrs(pads, x.shape, kernel, stride);
  const attrs = [
    attr.float32,
    attr.ints('ksize', [1, ...kernel, 1]),
    attr.ints('strides', [1, ...stride, 1]),
    attr.string('padding', padding),
    attr.ints('explicit_paddings', explicit),
    attr.string('data_format', 'NHWC'),
  ];
  const pool = tf.customGrad((...args) => {
    const [$x, save] = args as unknown as [Tensor, (tensors: Tensor[]) => void];
    const y = backend.executeSingleOutput('MaxPool', attrs, [$x]);
    save([$x, y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        backend.executeSingleOutput('MaxPoolGrad', attrs, [saved[0]!, saved[1]!, dy]),
    };
  });
  return pool(x) as Tensor4D;
}

/** Lower than any activation, and finite so that 0 · it is not NaN. */
const lowest = -3e38;

/**
 * The mean of each window. Padded zeros count, as in torch (`count_include_pad`) — but not what `ceilMode` or SAME adds.
 * x: float32 [B, H, W, C] → float32 [B, H', W', C]. Gradient to x.
 */
export function avgPool(x: Tensor4D, options: PoolOptions): Tensor4D {
  const [kernel, stride] = [pairOf(options.kernelSize), pairOf(options.stride)];
  const pads = spatialPads(x.shape, kernel, options, options.ceilMode);
  const mean = tf.avgPool(padded(x, pads, 0), [...kernel], [...stride], 'valid');
  const counted = options.padding === 'same' ? ([0, 0] as const) : pairOf(options.padding);
  const factors = ([0, 1] as const).map((axis) =>
    windowFactors(x.shape[axis + 1]!, kernel[axis], stride[axis], pads[axis], counted[axis]),
  );
  if (factors.every((axis) => axis.every((factor) => factor === 1))) return mean;
  return tf.mul(
    mean,
    tf.mul(
      tf.tensor4d(factors[0]!, [1, factors[0]!.length, 1, 1]),
      tf.tensor4d(factors[1]!, [1, 1, factors[1]!.length, 1]),
    ),
  );
}

/** Kernel size over the number of positions that count, for each window along an axis. */
function windowFactors(size: number, kernel: number, stride: number, [before, after]: Pads, counted: number): number[] {
  const windows = Math.floor((size + before + after - kernel) / stride) + 1;
  return Array.from({ length: windows }, (_, index) => {
    const start = index * stride - before;
    return kernel / (Math.min(start + kernel, size + counted) - Math.max(start, -counted));
  });
}

function padded(x: Tensor4D, [height, width]: readonly [Pads, Pads], value: number): Tensor4D {
  if ([...height, ...width].every((pad) => pad === 0)) return x;
  return tf.pad(x, [[0, 0], [...height], [...width], [0, 0]], value);
}

/** Mean over the picture, or over all tokens. x: float32 [B, H, W, C] or [B, T, C] → float32 [B, C]. Gradient to x. */
export function globalAveragePool(x: Tensor): Tensor2D {
  const [batch, ...rest] = x.shape as [number, ...number[]];
  const sides = rest.slice(0, -1);
  const ones = sides.map(() => 1);
  // tf-core's own gradient multiplies by a constant of ones as large as x, which would be frozen into every graph.
  const pool = tf.customGrad((...args) => {
    const [$x] = args as unknown as [Tensor];
    return {
      value: tf.mean(
        $x,
        sides.map((_, axis) => axis + 1),
      ),
      gradFunc: (dy: Tensor) =>
        tf.tile(tf.reshape(tf.mul(dy, 1 / sides.reduce((n, side) => n * side, 1)), [batch, ...ones, rest.at(-1)!]), [
          1,
          ...sides,
          1,
        ]),
    };
  });
  return pool(x) as Tensor2D;
}
