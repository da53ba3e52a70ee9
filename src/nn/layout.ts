/**
 * Between torch's parameter layouts (files, specs, papers) and the runtime's (TensorFlow's), as `ParamSpec.axes` says:
 *   convolution  [out, in, h, w]       <-> [h, w, in, out]
 *   depthwise    [channels, 1, h, w]   <-> [h, w, channels, 1]
 *   linear       [out, in]             <-> [in, out]
 */
import { sizeOf } from '../base/size-of.ts';
import type { ParamSpec } from '../models/param-spec.ts';
import { tf, type Tensor } from '../tensor/tf.ts';

/** Shape of the tensor that `toRuntimeLayout` gives. */
export function runtimeShape(param: ParamSpec): number[] {
  return param.axes.map((axis) => param.shape[axis]!);
}

/** `data`: torch's order, as long as `param.shape` says. The caller disposes the float32 tensor. */
export function toRuntimeLayout(param: ParamSpec, data: Float32Array): Tensor {
  return tf.tensor(permute(data, param.shape, param.axes), runtimeShape(param), 'float32');
}

/** Reads the tensor back in torch's order; the tensor stays the caller's. */
export function fromRuntimeLayout(param: ParamSpec, tensor: Tensor): Float32Array {
  const data = tensor.dataSync() as Float32Array;
  const inverse = param.axes.map((_, axis) => param.axes.indexOf(axis));
  return permute(data, runtimeShape(param), inverse);
}

/** A copy whose axis i is the source's axis `order[i]`. At most four axes, but any number where the order stays. */
function permute(data: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  if (order.every((axis, i) => axis === i)) return data.slice();
  const strides = shape.map((_, axis) => sizeOf(shape.slice(axis + 1)));
  const missing = new Array<number>(4 - order.length).fill(1);
  const [n0, n1, n2, n3] = [...missing, ...order.map((axis) => shape[axis]!)] as [number, number, number, number];
  const [s0, s1, s2, s3] = [...missing, ...order.map((axis) => strides[axis]!)] as [number, number, number, number];
  const result = new Float32Array(data.length);
  let target = 0;
  for (let i = 0; i < n0; i++)
    for (let j = 0; j < n1; j++)
      for (let k = 0; k < n2; k++) {
        const start = i * s0 + j * s1 + k * s2;
        for (let l = 0; l < n3; l++) result[target++] = data[start + l * s3]!;
      }
  return result;
}
