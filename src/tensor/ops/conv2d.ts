import type { Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { pairOf, type Sides } from '../../base/sides.ts';
import { nativeBackend } from '../native.ts';
import { nativeConvolution } from './native-convolution.ts';
import { avgPool } from './pool.ts';
import type { WindowOptions } from './window.ts';
import { paddingAttrs, spatialPads } from './window.ts';

/**
 * Convolution (cross-correlation) without bias.
 * x: float32 [B, H, W, in]; filter: float32 [kh, kw, in, out] → float32 [B, H', W', out]. Gradients to both.
 */
export function conv2d(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  const backend = nativeBackend();
  if (backend) return nativeConvolution(backend, 'Conv2D', x, filter, options);
  return tf.conv2d(padded(x, filter, options), filter, [...pairOf(options.stride)], 'valid');
}

/**
 * One filter a channel, without bias.
 * x: float32 [B, H, W, C]; filter: float32 [kh, kw, C, 1] → float32 [B, H', W', C]. Gradients to both.
 */
export function depthwiseConv2d(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  const [down, right] = pairOf(options.stride);
  if (down !== right) {
    // TensorFlow has one stride for both axes; the mean over windows of one element picks elements.
    const every = depthwiseConv2d(padded(x, filter, options), filter, { stride: 1, padding: 0 });
    return avgPool(every, { kernelSize: 1, stride: [down, right], padding: 0 });
  }
  const backend = nativeBackend();
  if (backend) return nativeConvolution(backend, 'DepthwiseConv2dNative', x, filter, options);
  return tf.depthwiseConv2d(padded(x, filter, options), filter, down, 'valid');
}

/**
 * The same with a bias, float32 [C]. Margins that neither SAME nor VALID means are padded beforehand: TensorFlow 2.15 fuses convolution and
 * bias, and the fused kernel ends the process ("Invalid index from the dimension") where the padding of a depthwise one is explicit.
 */
export function biasedDepthwiseConv2d(x: Tensor4D, filter: Tensor4D, bias: Tensor1D, options: WindowOptions): Tensor4D {
  const kernel = [filter.shape[0], filter.shape[1]] as const;
  const { padding } = paddingAttrs(spatialPads(x.shape, kernel, options), x.shape, kernel, options.stride);
  const y =
    padding === 'EXPLICIT'
      ? depthwiseConv2d(padded(x, filter, options), filter, { stride: options.stride, padding: 0 })
      : depthwiseConv2d(x, filter, options);
  return tf.add(y, bias);
}

/**
 * Convolution in `groups` equal parts of the channels, without bias.
 * x: float32 [B, H, W, in]; filter: float32 [kh, kw, in / groups, out] → float32 [B, H', W', out]. Gradients to both.
 */
export function groupedConv2d(x: Tensor4D, filter: Tensor4D, groups: number, options: WindowOptions): Tensor4D {
  if (groups === 1) return conv2d(x, filter, options);
  const filters = tf.split<Tensor4D>(filter, groups, 3);
  return tf.concat(
    tf.split<Tensor4D>(x, groups, 3).map((part, group) => conv2d(part, filters[group]!, options)),
    3,
  );
}

/**
 * The filter with zeros between its elements, which makes of any convolution a dilated one: TensorFlow's kernels for the gradients
 * know no dilation on a CPU. filter: float32 [kh, kw, …] → float32 [(kh − 1) · dh + 1, (kw − 1) · dw + 1, …]. Gradient to it.
 */
export function dilatedFilter(filter: Tensor4D, dilation: Sides): Tensor4D {
  const [down, right] = pairOf(dilation);
  if (down === 1 && right === 1) return filter;
  const [height, width, inputs, out] = filter.shape;
  const spread = tf.pad(tf.reshape(filter, [height, 1, width, 1, inputs * out]), [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, right - 1],
    [0, 0],
  ]);
  const whole: Tensor4D = tf.reshape(spread, [height * down, width * right, inputs, out]);
  return tf.slice(whole, [0, 0, 0, 0], [(height - 1) * down + 1, (width - 1) * right + 1, inputs, out]);
}

function padded(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  const [height, width] = spatialPads(x.shape, [filter.shape[0], filter.shape[1]], options);
  return tf.pad(x, [[0, 0], [...height], [...width], [0, 0]]);
}
