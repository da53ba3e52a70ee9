import type { DatasetIndex } from '../protocol/dataset.ts';
import type { NetSpec } from '../models/net-spec.ts';
import { forward } from '../nn/forward.ts';
import { compile, type CompiledFunction } from '../tensor/compile.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { BatchSource } from './batch-source.ts';
import { toTensors } from './host-input.ts';
import { parametersBehind } from './network.ts';

/** Probabilities of a network with changing parameters, batch norm frozen, no augmentation, no dropout. */
export interface Evaluator {
  /**
   * @param params Trained parameters by name, runtime layout; the others are those the evaluator was made with.
   * @returns float32 [pictures.length, classes], row-major.
   */
  probabilities(params: Readonly<Record<string, Tensor>>, pictures: readonly DatasetIndex[]): Promise<Float32Array>;
  dispose(): void;
}

/** Traces the forward pass behind `source` once; `params` fixes the shapes and the values of what never changes. */
export async function createEvaluator(options: {
  readonly spec: NetSpec;
  readonly source: BatchSource;
  readonly params: Record<string, Tensor>;
  readonly changing: readonly string[];
  readonly batchSize: number;
  readonly examplePicture: number;
}): Promise<Evaluator> {
  const { spec, source, params, changing, batchSize } = options;
  const example = toTensors(await source.evaluation(new Array<number>(batchSize).fill(options.examplePicture)));
  const fixed = Object.fromEntries(Object.entries(params).filter(([name]) => !changing.includes(name)));
  const inputNames = Object.keys(example);
  const compiled: CompiledFunction<Record<string, Tensor>, { probabilities: Tensor }> = compile({
    name: 'evaluation',
    inputs: { ...example, ...Object.fromEntries(changing.map((name) => [name, params[name]!])) },
    batched: inputNames,
    constants: { ...needed(spec, source.from, fixed), ...source.constants },
    fn(inputs: Record<string, Tensor>, constants: Record<string, Tensor>) {
      const activations = source.evaluationActivations(inputs, constants);
      const { output } = forward(spec, { ...constants, ...inputs }, activations, { from: source.from });
      return { probabilities: tf.softmax(output) };
    },
  });
  tf.dispose(example);

  return {
    async probabilities(current, pictures) {
      const all = new Float32Array(pictures.length * spec.classes);
      const weights = Object.fromEntries(changing.map((name) => [name, current[name]!]));
      for (let start = 0; start < pictures.length; start += batchSize) {
        const part = pictures.slice(start, start + batchSize);
        const count = part.length;
        while (part.length < batchSize) part.push(part[0]!);
        const inputs = toTensors(await source.evaluation(part));
        const { probabilities } = compiled.run({ ...inputs, ...weights });
        const values = (await probabilities.data()) as Float32Array;
        all.set(values.subarray(0, count * spec.classes), start * spec.classes);
        tf.dispose([probabilities, ...inputNames.map((name) => inputs[name]!)]);
      }
      return all;
    },
    dispose: () => compiled.dispose(),
  };
}

/** Only what lies behind `from` is embedded: the rest is not read. */
function needed(spec: NetSpec, from: string, fixed: Record<string, Tensor>): Record<string, Tensor> {
  const names = parametersBehind(spec, from);
  return Object.fromEntries(Object.entries(fixed).filter(([name]) => names.has(name)));
}
