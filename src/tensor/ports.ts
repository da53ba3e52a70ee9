import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { AnnealError } from '../base/errors.ts';
import type { GraphDType, GraphPort } from '../graph/graph.ts';
import { dtypeName } from '../graph/graph.ts';
import { nativeBackend } from './native.ts';
import type { TensorRecord } from './trace.ts';

/** `node:output` of the ports, as the add-on takes lists. */
export const refsOf = (ports: readonly GraphPort[]): string => ports.map((port) => port.ref).join(',');

/** The tensors in the order of `ports`; every one must be there with the shape and type that was traced. */
export function inOrder(
  ports: readonly GraphPort[],
  tensors: Readonly<Record<string, Tensor>>,
  owner: string,
): Tensor[] {
  const backend = nativeBackend();
  for (const name of Object.keys(tensors)) {
    if (!ports.some((port) => port.name === name)) {
      throw new AnnealError(
        'tensor.unknownInput',
        { owner, name, expected: ports.map((port) => port.name) },
        { kind: 'failure' },
      );
    }
  }
  return ports.map(({ name, dtype, shape }) => {
    const tensor = tensors[name];
    const expected = `${dtype} [${shape.join(', ')}]`;
    if (!tensor)
      throw new AnnealError(
        'tensor.inputMismatch',
        { owner, name, expected, received: 'nothing' },
        { kind: 'failure' },
      );
    const actual = backend ? dtypeName(backend.tensorMap.get(tensor.dataId).dtype) : tensor.dtype;
    const fits =
      tensor.rank === shape.length && shape.every((size, axis) => size === -1 || size === tensor.shape[axis]);
    if (fits && actual === dtype) return tensor;
    throw new AnnealError(
      'tensor.inputMismatch',
      { owner, name, expected, received: `${actual} [${tensor.shape.join(', ')}]` },
      { kind: 'failure' },
    );
  });
}

/** The tensors under the names of their ports. */
export function named<Outputs extends TensorRecord>(
  ports: readonly GraphPort[],
  tensors: readonly Tensor[],
): { [K in keyof Outputs]: Tensor } {
  return Object.fromEntries(ports.map((port, index) => [port.name, tensors[index]!])) as {
    [K in keyof Outputs]: Tensor;
  };
}

/** Ports that ask for the shapes and types of the examples. */
export function portsOf(examples: TensorRecord): GraphPort[] {
  return Object.entries(examples).map(([name, tensor]) => ({
    name,
    ref: name,
    dtype: tensor.dtype as GraphDType,
    shape: tensor.shape,
  }));
}

/** Copies that outlive the scope they are made in. */
export function cloneAll(tensors: TensorRecord): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tf.keep(tensor.clone())]));
}

/** An output that is an input itself would otherwise be disposed twice. */
export function cloneResults(tensors: TensorRecord): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.clone()]));
}
