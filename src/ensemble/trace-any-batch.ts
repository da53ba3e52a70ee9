import type { Graph } from '../graph/graph.ts';
import { uint8Tensor } from '../tensor/ops/uint8.ts';
import { tf, type Tensor, type Tensor4D } from '../tensor/tf.ts';
import { trace, type TensorRecord } from '../tensor/trace.ts';
import { anyBatchGraph } from './any-batch-graph.ts';

/** The one input of a network: `[n, …shape]` of its type. */
export interface PixelInput {
  readonly shape: readonly number[];
  readonly dtype: 'float32' | 'uint8';
}

/**
 * Traces `fn` for any number of pictures, with two and with three of them: few on purpose, because a trace holds every layer's
 * output at once. `fn` takes `pixels` as `input` says; its outputs begin with n. Throws `model.batchFrozen`. Native back end only.
 */
export function traceAnyBatch(
  input: PixelInput,
  constants: TensorRecord,
  fn: (pixels: Tensor4D, constants: Record<string, Tensor>) => TensorRecord,
): Graph {
  const traceWith = (batch: number): Graph => {
    const pixels = zeros(input.dtype, [batch, ...input.shape]);
    try {
      return trace({ pixels }, constants, (inputs, given) => fn(inputs['pixels'] as Tensor4D, { ...given }));
    } finally {
      pixels.dispose();
    }
  };
  return anyBatchGraph(traceWith(2), traceWith(3));
}

function zeros(dtype: PixelInput['dtype'], shape: number[]): Tensor {
  if (dtype === 'float32') return tf.zeros(shape);
  return uint8Tensor(new Uint8Array(shape.reduce((product, n) => product * n, 1)), shape);
}
