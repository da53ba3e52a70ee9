import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { AnnealError } from '../base/errors.ts';
import type { Graph } from '../graph/graph.ts';
import { writeSavedModel } from '../graph/saved-model.ts';
import type { NativeBackend } from './native.ts';
import { nativeBackend } from './native.ts';

/** A graph loaded into TensorFlow. Variables of the graph live as long as the session. Native back end only. */
export class GraphSession {
  private readonly backend: NativeBackend;
  private id: number | null;

  constructor(graph: Graph) {
    const backend = nativeBackend();
    if (!backend) throw new AnnealError('tensor.traceNeedsNative', { backend: tf.getBackend() }, { kind: 'failure' });
    this.backend = backend;
    this.id = load(backend, graph);
  }

  /** Feeds `inputs` to `inputRefs` (`node:output`, joined by commas) and gives what `outputRefs` hold. Caller disposes the outputs. */
  run(inputs: readonly Tensor[], inputRefs: string, outputRefs: string): Tensor[] {
    if (this.id === null) throw new AnnealError('tensor.disposed', {}, { kind: 'failure' });
    const { backend } = this;
    const outputs = backend.binding.runSavedModel(this.id, backend.getInputTensorIds(inputs), inputRefs, outputRefs);
    return outputs.map((output) => backend.createOutputTensor(output));
  }

  dispose(): void {
    if (this.id !== null) this.backend.binding.deleteSavedModel(this.id);
    this.id = null;
  }
}

/** The add-on loads from a folder only; TensorFlow has read it when the call returns. */
function load(backend: NativeBackend, graph: Graph): number {
  const folder = mkdtempSync(join(tmpdir(), 'anneal-graph-'));
  try {
    for (const [path, bytes] of writeSavedModel(graph)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    return backend.binding.loadSavedModel(folder, 'serve');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
