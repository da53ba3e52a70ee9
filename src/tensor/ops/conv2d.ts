import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { NativeAttr, NativeBackend } from '../native.ts';
import { attr, nativeBackend } from '../native.ts';
import type { WindowOptions } from './window.ts';
import { paddingAttrs, spatialPads } from './window.ts';

/**
 * Convolution (cross-correlation) without bias.
 * x: float32 [B, H, W, in]; filter: float32 [kh, kw, in, out] → float32 [B, H', W', out]. Gradients to both.
 */
export function conv2d(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  const backend = nativeBackend();
  if (backend) return nativeConvolution(backend, 'Conv2D', x, filter, options);
  const pads = spatialPads(x.shape, [filter.shape[0], filter.shape[1]], options);
  return tf.conv2d(tf.pad(x, [[0, 0], [...pads[0]], [...pads[1]], [0, 0]]), filter, options.stride, 'valid');
}

/**
 * One filter a channel, without bias.
 * x: float32 [B, H, W, C]; filter: float32 [kh, kw, C, 1] → float32 [B, H', W', C]. Gradients to both.
 */
export function depthwiseConv2d(x: Tensor4D, filter: Tensor4D, options: WindowOptions): Tensor4D {
  const backend = nativeBackend();
  if (backend) return nativeConvolution(backend, 'DepthwiseConv2dNative', x, filter, options);
  const pads = spatialPads(x.shape, [filter.shape[0], filter.shape[1]], options);
  return tf.depthwiseConv2d(tf.pad(x, [[0, 0], [...pads[0]], [...pads[1]], [0, 0]]), filter, options.stride, 'valid');
}

/** tfjs's own kernels refuse explicit padding in the gradients, so both directions call the ops of the C library. */
function nativeConvolution(
  backend: NativeBackend,
  op: 'Conv2D' | 'DepthwiseConv2dNative',
  x: Tensor4D,
  filter: Tensor4D,
  options: WindowOptions,
): Tensor4D {
  const { padding, explicit } = paddingAttrs(spatialPads(x.shape, [filter.shape[0], filter.shape[1]], options));
  const attrs: NativeAttr[] = [
    attr.float32,
    attr.ints('strides', [1, options.stride, options.stride, 1]),
    attr.string('padding', padding),
    attr.ints('explicit_paddings', explicit),
    attr.string('data_format', 'NHWC'),
    attr.ints('dilations', [1, 1, 1, 1]),
  ];
  const convolve = tf.customGrad((...args) => {
    const [$x, $filter, save] = args as unknown as [Tensor4D, Tensor4D, (tensors: Tensor[]) => void];
    save([$x, $filter]);
    return {
      value: backend.executeSingleOutput(op, attrs, [$x, $filter]),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [image, weights] = saved as [Tensor, Tensor];
        const sizeOf = (tensor: Tensor) => tf.tensor1d(tensor.shape, 'int32');
        return [
          backend.executeSingleOutput(`${op}BackpropInput`, attrs, [sizeOf(image), weights, dy]),
          backend.executeSingleOutput(`${op}BackpropFilter`, attrs, [image, sizeOf(weights), dy]),
        ];
      },
    };
  });
  return convolve(x, filter) as Tensor4D;
}
