import { expect } from 'vitest';
import { nativeBackend } from '../../src/tensor/native.ts';
import { tf } from '../../src/tensor/tf.ts';

/** Runs `fn` and expects that it left no tensor, no handle of the add-on and no loaded graph behind. */
export async function expectNoTensorLeak<T>(fn: () => T | Promise<T>): Promise<T> {
  const before = counts();
  const result = await fn();
  expect(counts()).toEqual(before);
  return result;
}

function counts() {
  const { numTensors, numDataBuffers } = tf.memory();
  const binding = nativeBackend()?.binding;
  return {
    numTensors,
    numDataBuffers,
    handles: binding?.getNumOfTensors() ?? 0,
    graphs: binding?.getNumOfSavedModels() ?? 0,
  };
}
