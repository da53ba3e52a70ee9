import { uint8Tensor } from '../tensor/ops/uint8.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { HostInput, HostInputs } from './batch-source.ts';

/** The caller disposes the tensor. */
function toTensor({ dtype, shape, data }: HostInput): Tensor {
  if (dtype === 'uint8') return uint8Tensor(data as Uint8Array, [...shape]);
  return tf.tensor(data as Float32Array | Int32Array, [...shape], dtype);
}

export function toTensors(inputs: HostInputs): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, toTensor(input)]));
}
