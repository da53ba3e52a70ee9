import type { Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { nativeBackend } from '../native.ts';
import { nativeConvolution } from './native-convolution.ts';
import type { WindowOptions } from './window.ts';
import { spatialPads } from './window.ts';

/**
 * Convolution (cross-correlation) without bias.
 * x: float32 [B, H, W, in]; filter: float32 [kh, kw, in, out] → float32 [B, H', W', out]. Gradients to both.
 */
export function conv2d(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  const backend = nativeBackend();
  if (backend) return nativeConvolution(backend, 'Conv2D', x, filter, options);
  return tf.conv2d(padded(x, filter, options), filter, options.stride, 'valid');
}

/**
 * One filter a channel, without bias.
 * x: float32 [B, H, W, C]; filter: float32 [kh, kw, C, 1] → float32 [B, H', W', C]. Gradients to both.
 */
export function depthwiseConv2d(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  const backend = nativeBackend();
  if (backend) return nativeConvolution(backend, 'DepthwiseConv2dNative', x, filter, options);
  return tf.depthwiseConv2d(padded(x, filter, options), filter, options.stride, 'valid');
}

function padded(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  const [height, width] = spatialPads(x.shape, [filter.shape[0], filter.shape[1]], options);
  return tf.pad(x, [[0, 0], [...height], [...width], [0, 0]]);
}
