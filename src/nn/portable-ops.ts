/** Window ops and batch norm from tf-core's own ops. */
import { windowExtent } from '../models/window.ts';
import type { Padding } from '../models/net-spec.ts';
import { tf, type Tensor, type Tensor1D, type Tensor4D } from '../tensor/tf.ts';

export interface WindowOptions {
  readonly stride: number;
  readonly padding: Padding;
}

/** x [B, H, W, C] with rows and columns of `value` around it, as the window asks for. */
function padded(x: Tensor4D, kernel: number, options: WindowOptions, ceilMode: boolean, value: number): Tensor4D {
  const [rows, columns] = [x.shape[1], x.shape[2]].map((size) =>
    windowExtent(size, kernel, options.stride, options.padding, ceilMode),
  );
  const amounts = [rows!.before, rows!.after, columns!.before, columns!.after];
  if (amounts.every((amount) => amount === 0)) return x;
  return tf.pad4d(
    x,
    [
      [0, 0],
      [amounts[0]!, amounts[1]!],
      [amounts[2]!, amounts[3]!],
      [0, 0],
    ],
    value,
  );
}

/** filter [h, w, in, out]. */
export function conv2d(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  return tf.conv2d(padded(x, filter.shape[0], options, false, 0), filter, options.stride, 'valid');
}

/** filter [h, w, channels, 1]. */
export function depthwiseConv2d(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  return tf.depthwiseConv2d(padded(x, filter.shape[0], options, false, 0), filter, options.stride, 'valid');
}

export function maxPool(x: Tensor4D, kernel: number, options: WindowOptions, ceilMode: boolean): Tensor4D {
  return tf.maxPool(padded(x, kernel, options, ceilMode, -3.4e38), kernel, options.stride, 'valid');
}

export interface BatchNormOutput {
  readonly y: Tensor4D;
  /** The batch's, over all but the channel axis; the variance is the biased one. */
  readonly mean: Tensor1D;
  readonly variance: Tensor1D;
}

export function batchNormTraining(x: Tensor4D, scale: Tensor1D, shift: Tensor1D, epsilon: number): BatchNormOutput {
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const y = tf.batchNorm(x, mean as Tensor1D, variance as Tensor1D, shift, scale, epsilon) as Tensor4D;
  return { y, mean: mean as Tensor1D, variance: variance as Tensor1D };
}

export function batchNormInference(
  x: Tensor4D,
  scale: Tensor1D,
  shift: Tensor1D,
  mean: Tensor1D,
  variance: Tensor1D,
  epsilon: number,
): Tensor4D {
  return tf.batchNorm(x, mean, variance, shift, scale, epsilon) as Tensor4D;
}

export function hardSwish(x: Tensor): Tensor {
  return tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6));
}

/** Uniform in [0, 1), the same for the same seed. */
export function uniform(shape: readonly number[], _seed: Tensor): Tensor {
  return tf.randomUniform([...shape]);
}
