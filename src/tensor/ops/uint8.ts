import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { attr, nativeBackend } from '../native.ts';

/**
 * A tensor of bytes. tfjs has no such type and calls it int32, which only `uint8ToFloat` and compiled functions see through;
 * on the WASM back end it is int32. Caller disposes.
 */
export function uint8Tensor(values: Uint8Array, shape: readonly number[]): Tensor {
  const backend = nativeBackend();
  if (!backend) return tf.tensor(Int32Array.from(values), [...shape], 'int32');
  const dtype = backend.binding.TF_UINT8;
  return backend.createOutputTensor({
    id: backend.binding.createTensor([...shape], dtype, values),
    shape: [...shape],
    dtype,
  });
}

/** Bytes as float32, 0 to 255, of the same shape. x: uint8 or int32. */
export function uint8ToFloat<T extends Tensor>(x: T): T {
  const backend = nativeBackend();
  if (!backend) return tf.cast(x, 'float32');
  const { dtype } = backend.tensorMap.get(x.dataId);
  const source = dtype === backend.binding.TF_UINT8 ? 'uint8' : 'int32';
  const attrs = [attr.type('SrcT', source), attr.type('DstT', 'float32'), attr.bool('Truncate', false)];
  return backend.executeSingleOutput('Cast', attrs, [x]) as T;
}
