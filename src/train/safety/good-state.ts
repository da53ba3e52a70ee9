import type { Tensor } from '../../tensor/tf.ts';
import { tf } from '../../tensor/tf.ts';
import { float32Tensor, type HostTensor } from '../../weights/host-tensor.ts';

/** Weights, statistics and slots as numbers, by name, runtime layout. */
export type HostState = Readonly<Record<string, HostTensor>>;

/**
 * Reads the tensors, which are freed, unless some number in them is not finite: then null. A loss may look well in the very step that
 * leaves weights which no step after it survives. Kept on the host: the accelerator's memory is for the step.
 */
export async function readFinite(tensors: Record<string, Tensor>): Promise<HostState | null> {
  const host: Record<string, HostTensor> = {};
  try {
    for (const [name, tensor] of Object.entries(tensors)) {
      const values = new Float32Array((await tensor.data()) as Float32Array);
      if (!allFinite(values)) return null;
      host[name] = float32Tensor(tensor.shape, values);
    }
    return host;
  } finally {
    tf.dispose(tensors);
  }
}

/** x·0 is 0 for all but what is not finite. */
function allFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]! * 0;
  return sum === 0;
}
