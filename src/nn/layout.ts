/**
 * Between torch's parameter layouts (files, specs, papers) and the runtime's (TensorFlow's convolutions):
 *   convolution  [out, in, h, w]       <-> [h, w, in, out]
 *   depthwise    [channels, 1, h, w]   <-> [h, w, channels, 1]
 *   linear       [out, in]             <-> [in, out]
 * Vectors are the same in both.
 */
import type { ParamSpec } from '../models/net-spec.ts';
import { tf, type Tensor } from '../tensor/tf.ts';

/** Runtime axis i holds torch axis `order[i]`; null where both layouts agree. */
function axisOrder(param: ParamSpec): readonly number[] | null {
  switch (param.role) {
    case 'convWeight':
      return [2, 3, 1, 0];
    case 'depthwiseWeight':
      return [2, 3, 0, 1];
    case 'linearWeight':
      return [1, 0];
    default:
      return null;
  }
}

/** Shape of the tensor that `toRuntimeLayout` gives. */
export function runtimeShape(param: ParamSpec): number[] {
  return axisOrder(param)?.map((axis) => param.shape[axis]!) ?? [...param.shape];
}

/** `data`: torch's order, as long as `param.shape` says. The caller disposes the float32 tensor. */
export function toRuntimeLayout(param: ParamSpec, data: Float32Array): Tensor {
  const order = axisOrder(param);
  const permuted = order ? permute(data, param.shape, order) : data.slice();
  return tf.tensor(permuted, runtimeShape(param), 'float32');
}

/** Reads the tensor back in torch's order; the tensor stays the caller's. */
export function fromRuntimeLayout(param: ParamSpec, tensor: Tensor): Float32Array {
  const data = tensor.dataSync() as Float32Array;
  const order = axisOrder(param);
  if (!order) return Float32Array.from(data);
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return permute(data, runtimeShape(param), inverse);
}

/** Copies so that the result's axis i is the source's axis `order[i]`. Two to four axes. */
function permute(data: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((product, n) => product * n, 1));
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
