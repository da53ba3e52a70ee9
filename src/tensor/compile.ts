import type { Tensor } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import { AnnealError } from '../base/errors.ts';
import type { Graph } from '../graph/graph.ts';
import { nativeBackend } from './native.ts';
import { cloneAll, cloneResults, inOrder, named, portsOf, refsOf } from './ports.ts';
import { GraphSession } from './session.ts';
import type { TensorRecord } from './trace.ts';
import { trace } from './trace.ts';
import { traceAnyBatch } from './trace-any-batch.ts';

export { compileStep } from './compile-step.ts';
export interface CompileOptions<
  Inputs extends TensorRecord,
  Constants extends TensorRecord,
  Outputs extends TensorRecord,
> {
  /** For error messages. */
  readonly name: string;
  /** Examples: their shapes and types are fixed in the trace, their values are not. */
  readonly inputs: Inputs;
  /** Names of inputs whose first axis is the batch: they may have any number of rows, whatever the examples have. */
  readonly batched?: readonly (keyof Inputs & string)[];
  /** Embedded by value, so that TensorFlow's optimiser can fold them and fuse around them. May be disposed afterwards. */
  readonly constants?: Constants;
  /** A pure function of what it is given; runs once, and its result is thrown away. */
  readonly fn: (inputs: Inputs, constants: Constants) => Outputs;
}

export interface CompiledFunction<Inputs extends TensorRecord, Outputs extends TensorRecord> {
  /** Caller disposes the outputs (or runs inside `tf.tidy`). */
  run(inputs: Inputs): { [K in keyof Outputs]: Tensor };
  /** What was traced. On the WASM back end nothing is, and reading it is an error. */
  readonly graph: Graph;
  dispose(): void;
}

/** Traces `fn` once and runs it as one TensorFlow graph; on the WASM back end every run calls `fn` itself. */
export function compile<
  Inputs extends TensorRecord,
  Outputs extends TensorRecord,
  Constants extends TensorRecord = Record<string, never>,
>(options: CompileOptions<Inputs, Constants, Outputs>): CompiledFunction<Inputs, Outputs> {
  return nativeBackend() ? compileGraph(options) : compileEager(options);
}

function compileGraph<Inputs extends TensorRecord, Constants extends TensorRecord, Outputs extends TensorRecord>(
  options: CompileOptions<Inputs, Constants, Outputs>,
): CompiledFunction<Inputs, Outputs> {
  const { inputs: examples, constants: embedded = {}, batched } = options;
  const fn = (inputs: TensorRecord, constants: TensorRecord) => options.fn(inputs as Inputs, constants as Constants);
  const graph = batched ? traceAnyBatch(examples, batched, embedded, fn) : trace(examples, embedded, fn);
  const session = new GraphSession(graph);
  const inputRefs = refsOf(graph.inputs);
  const outputRefs = refsOf(graph.outputs);
  return {
    graph,
    run(inputs) {
      return named(graph.outputs, session.run(inOrder(graph.inputs, inputs, options.name), inputRefs, outputRefs));
    },
    dispose: () => session.dispose(),
  };
}

function compileEager<Inputs extends TensorRecord, Constants extends TensorRecord, Outputs extends TensorRecord>(
  options: CompileOptions<Inputs, Constants, Outputs>,
): CompiledFunction<Inputs, Outputs> {
  const batched: readonly string[] = options.batched ?? [];
  const ports = portsOf(options.inputs).map((port) =>
    batched.includes(port.name) ? { ...port, shape: [-1, ...port.shape.slice(1)] } : port,
  );
  const constants = cloneAll(options.constants ?? {});
  return {
    get graph(): Graph {
      throw new AnnealError('tensor.traceNeedsNative', { backend: tf.getBackend() }, { kind: 'failure' });
    },
    run(inputs) {
      inOrder(ports, inputs, options.name);
      return tf.tidy(() => cloneResults(options.fn(inputs, constants as Constants))) as {
        [K in keyof Outputs]: Tensor;
      };
    },
    dispose: () => tf.dispose(Object.values(constants)),
  };
}
