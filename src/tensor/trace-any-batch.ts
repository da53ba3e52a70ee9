import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../base/size-of.ts';
import { anyBatchGraph } from '../graph/any-batch-graph.ts';
import { dtypeName, type Graph, type TracedGraph } from '../graph/graph.ts';
import { nativeBackend } from './native.ts';
import { uint8Tensor } from './ops/uint8.ts';
import { trace, type TensorRecord } from './trace.ts';

/**
 * Traces `fn` for any number of rows of the inputs that `batched` names (their first axis), with two and with three rows
 * whatever the examples hold: few on purpose, because a trace holds every layer's output at once. Outputs begin with the
 * same axis. Throws `tensor.batchFrozen`. Native back end only.
 */
export function traceAnyBatch(
  examples: TensorRecord,
  batched: readonly string[],
  constants: TensorRecord,
  fn: (inputs: TensorRecord, constants: TensorRecord) => TensorRecord,
): Graph {
  const traceWith = (rows: number): TracedGraph => {
    const zeros = Object.fromEntries(batched.map((name) => [name, zerosLike(examples[name]!, rows)]));
    try {
      return trace({ ...examples, ...zeros }, constants, fn);
    } finally {
      tf.dispose(zeros);
    }
  };
  return anyBatchGraph(traceWith(2), traceWith(3));
}

function zerosLike(example: Tensor, rows: number): Tensor {
  const shape = [rows, ...example.shape.slice(1)];
  const dtype = dtypeName(nativeBackend()!.tensorMap.get(example.dataId).dtype);
  if (dtype === 'uint8') return uint8Tensor(new Uint8Array(sizeOf(shape)), shape);
  return tf.zeros(shape, example.dtype);
}
