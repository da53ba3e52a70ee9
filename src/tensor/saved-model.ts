import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { AnnealError } from '../base/errors.ts';
import { readSavedModel } from '../graph/saved-model.ts';
import { nativeBackend } from './native.ts';
import { inOrder, named, refsOf } from './ports.ts';

/** A SavedModel folder as TensorFlow has loaded it. */
export interface LoadedModel {
  /** By the names of its signature `serving_default`. Caller disposes the outputs. */
  run(inputs: Readonly<Record<string, Tensor>>): Record<string, Tensor>;
  dispose(): void;
}

/** Loads a SavedModel from disk into the native runtime; its signature is read from the same file. Throws `tensor.traceNeedsNative`. */
export async function loadSavedModel(folder: string): Promise<LoadedModel> {
  const backend = nativeBackend();
  if (!backend) throw new AnnealError('tensor.traceNeedsNative', { backend: tf.getBackend() }, { kind: 'failure' });
  const { inputs, outputs } = readSavedModel(
    new Map([['saved_model.pb', await readFile(join(folder, 'saved_model.pb'))]]),
  );
  const id = backend.binding.loadSavedModel(folder, 'serve');
  return {
    run(given) {
      const ids = backend.getInputTensorIds(inOrder(inputs, given, folder));
      const results = backend.binding.runSavedModel(id, ids, refsOf(inputs), refsOf(outputs));
      return named(
        outputs,
        results.map((output) => backend.createOutputTensor(output)),
      );
    },
    dispose: () => backend.binding.deleteSavedModel(id),
  };
}
