import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { pairOf, type Sides } from '../../base/sides.ts';
import type { NativeAttr, NativeBackend } from '../native.ts';
import { attr } from '../native.ts';
import type { Pads, PaddingAttrs, WindowOptions } from './window.ts';
import { paddingAttrs, spatialPads } from './window.ts';

type ConvolutionOp = 'Conv2D' | 'DepthwiseConv2dNative';

/**
 * Both kinds of convolution by the ops of the C library, in both directions. tfjs's own kernels refuse explicit padding in
 * the gradients, and TensorFlow's are up to four times slower with it than without, so those rewrite it (measured with
 * 2.15 to 2.21).
 */
export function nativeConvolution(
  backend: NativeBackend,
  op: ConvolutionOp,
  x: Tensor4D,
  filter: Tensor4D,
  options: WindowOptions,
): Tensor4D {
  const stride = pairOf(options.stride);
  const kernel = [filter.shape[0], filter.shape[1]] as const;
  const pads = spatialPads(x.shape, kernel, options);
  const plain = paddingAttrs(pads, x.shape, kernel, stride);
  const window: Window = {
    backend,
    op,
    stride,
    pads,
    attrs: attrsOf(stride, plain),
    explicit: plain.padding === 'EXPLICIT',
  };
  const convolve = tf.customGrad((...args) => {
    const [$x, $filter, save] = args as unknown as [Tensor4D, Tensor4D, (tensors: Tensor[]) => void];
    save([$x, $filter]);
    return {
      value: backend.executeSingleOutput(op, window.attrs, [$x, $filter]),
      gradFunc: (dy: Tensor, saved: Tensor[]) => {
        const [image, weights] = saved as [Tensor4D, Tensor4D];
        return [inputGradient(window, image, weights, dy), filterGradient(window, image, weights, dy)];
      },
    };
  });
  return convolve(x, filter) as Tensor4D;
}

interface Window {
  readonly backend: NativeBackend;
  readonly op: ConvolutionOp;
  readonly stride: readonly [number, number];
  readonly pads: readonly [Pads, Pads];
  readonly attrs: readonly NativeAttr[];
  readonly explicit: boolean;
}

function attrsOf(stride: Sides, { padding, explicit }: PaddingAttrs): NativeAttr[] {
  return [
    attr.float32,
    attr.ints('strides', [1, ...pairOf(stride), 1]),
    attr.string('padding', padding),
    attr.ints('explicit_paddings', explicit),
    attr.string('data_format', 'NHWC'),
    attr.ints('dilations', [1, 1, 1, 1]),
  ];
}

const validAttrs = (stride: Sides): NativeAttr[] => attrsOf(stride, { padding: 'VALID', explicit: [] });
const sizeOf = (shape: readonly number[]) => tf.tensor1d([...shape], 'int32');

function inputGradient(
  { backend, op, stride, pads, attrs, explicit }: Window,
  x: Tensor4D,
  filter: Tensor4D,
  dy: Tensor,
): Tensor {
  const run = (attributes: readonly NativeAttr[], shape: readonly number[], weights: Tensor) =>
    backend.executeSingleOutput(`${op}BackpropInput`, attributes, [sizeOf(shape), weights, dy]);
  if (!explicit) return run(attrs, x.shape, filter);
  if (op === 'DepthwiseConv2dNative') {
    // TensorFlow's depthwise convolution has one stride for both axes.
    const grown = filterThatMakesItSame(x.shape, filter, pads, stride[0]);
    if (grown) return run(attrsOf(stride, { padding: 'SAME', explicit: [] }), x.shape, grown);
  }
  const [[top, bottom], [left, right]] = pads;
  const [batch, height, width, channels] = x.shape;
  const whole = run(validAttrs(stride), [batch, height + top + bottom, width + left + right, channels], filter);
  return tf.slice(whole, [0, top, left, 0], x.shape);
}

function filterGradient(
  { backend, op, stride, pads, attrs, explicit }: Window,
  x: Tensor4D,
  filter: Tensor4D,
  dy: Tensor,
): Tensor {
  const run = (attributes: readonly NativeAttr[], image: Tensor) =>
    backend.executeSingleOutput(`${op}BackpropFilter`, attributes, [image, sizeOf(filter.shape), dy]);
  if (!explicit || op === 'DepthwiseConv2dNative') return run(attrs, x);
  return run(validAttrs(stride), tf.pad(x, [[0, 0], [...pads[0]], [...pads[1]], [0, 0]]));
}

/**
 * With rows and columns of zeros at its end a filter can be as large as SAME padding needs it to be to start where `pads`
 * starts (3 × 3, stride 2, one pixel each side: 4 × 4 on an even picture). Null where it cannot.
 */
function filterThatMakesItSame(
  shape: readonly number[],
  filter: Tensor4D,
  pads: readonly [Pads, Pads],
  stride: number,
): Tensor4D | null {
  for (let grow = 1; grow <= stride; grow++) {
    const kernel = [filter.shape[0] + grow, filter.shape[1] + grow] as const;
    const same = spatialPads(shape, kernel, { stride, padding: 'same' });
    const sizes = [0, 1].every(
      (axis) =>
        same[axis]![0] === pads[axis]![0] &&
        outputs(shape[axis + 1]!, filter.shape[axis]!, pads[axis]!, stride) === Math.ceil(shape[axis + 1]! / stride),
    );
    if (sizes)
      return tf.pad(filter, [
        [0, grow],
        [0, grow],
        [0, 0],
        [0, 0],
      ]);
  }
  return null;
}

function outputs(size: number, kernel: number, [before, after]: Pads, stride: number): number {
  return Math.floor((size + before + after - kernel) / stride) + 1;
}
