import type { NetSpec, NodeSpec } from '../models/net-spec.ts';
import { outputShapes } from '../models/shapes.ts';
import { nodesBetween, paramsOfNode } from '../models/spec-queries.ts';
import { forward } from '../nn/forward.ts';
import { compile } from '../tensor/compile.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { BatchSource } from './batch-source.ts';
import { toTensors } from './host-input.ts';

type Tensors = Record<string, Tensor>;

/** One tapped node in a batch. */
interface TapValues {
  readonly node: string;
  /** float32 [B, …]. */
  readonly activation: Tensor;
  /** Of the score with respect to the activation, same shape; null where no gradient was asked for. */
  readonly gradient: Tensor | null;
}

/** What a gradient is of: one number a picture. */
export interface ProbeScore {
  /** Which class of a picture is meant: 0-based, of `spec.classes`. */
  readonly classOf: (picture: number) => number;
  /** logits, oneHot: float32 [B, classes]; result [B], each of its own picture alone. Traced. */
  readonly score: (logits: Tensor, oneHot: Tensor) => Tensor;
}

export interface ProbeOptions {
  /** Every parameter and statistic behind the source, runtime layout; may be disposed afterwards. */
  readonly params: Readonly<Tensors>;
  /** Nodes whose outputs are wanted, at or behind the source's node. */
  readonly taps: readonly string[];
  /** What is kept of a node: by name, each with a row a picture. Traced once a tap; its result is all that leaves the graph. */
  readonly reduce: (values: TapValues) => Tensors;
  readonly gradientOf?: ProbeScore;
  /** Pictures at once: memory grows with it, not with the number of pictures. */
  readonly batchSize?: number;
}

/** What was kept of a node: float32 [pictures, …], row-major. */
interface ProbeRows {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** The next pictures of those asked for; `nodes` by node name, then by the name that `reduce` gave. */
export interface ProbeBatch {
  readonly pictures: readonly number[];
  readonly nodes: Readonly<Record<string, Readonly<Record<string, ProbeRows>>>>;
}

export interface Probe {
  /** Batch after batch, in order: what the caller does not keep is gone. */
  read(pictures: readonly number[]): AsyncGenerator<ProbeBatch>;
  dispose(): void;
}

/**
 * Looks into a network while it predicts (batch norm frozen, nothing random): outputs of named nodes, or the gradient of a score with
 * respect to them, reduced inside one compiled graph. The first read traces it.
 * On WASM no gradient passes a depthwise convolution (tfjs has no kernel), everything else holds.
 * Throws `models.unknownNode`, and `models.notBelow` for a tap before the source.
 */
export function createProbe(spec: NetSpec, source: BatchSource, options: ProbeOptions): Probe {
  const { taps, reduce, gradientOf, batchSize = 16 } = options;
  const behind = new Set(nodesBetween(spec, source.from, [spec.head, ...taps]).flatMap(paramsOfNode));
  const params = cloned(Object.fromEntries(Object.entries(options.params).filter(([name]) => behind.has(name))));
  let compiled: ReturnType<typeof compileFor> | null = null;

  function compileFor(example: Tensors) {
    return compile<Tensors, Tensors, Tensors>({
      name: 'probe',
      inputs: example,
      constants: { ...params, ...source.constants },
      fn(inputs, constants) {
        const start = source.evaluationActivations(inputs, constants);
        const values = tapValues({ spec, source, taps, gradientOf, batchSize }, start, inputs, constants);
        return Object.fromEntries(values.flatMap((tap, i) => numbered(i, reduce(tap))));
      },
    });
  }

  async function batchInputs(pictures: readonly number[]): Promise<Tensors> {
    // The last batch is filled up, so that one trace serves all.
    const padded = Array.from({ length: batchSize }, (_, i) => pictures[i] ?? pictures[0]!);
    const inputs = toTensors(await source.evaluation(padded));
    if (!gradientOf) return inputs;
    const classes = tf.tensor1d(padded.map(gradientOf.classOf), 'int32');
    const oneHot = tf.tidy(() => tf.cast(tf.oneHot(classes, spec.classes), 'float32'));
    classes.dispose();
    return { ...inputs, [oneHotInput]: oneHot };
  }

  return {
    async *read(pictures) {
      for (let start = 0; start < pictures.length; start += batchSize) {
        const part = pictures.slice(start, start + batchSize);
        const inputs = await batchInputs(part);
        compiled ??= compileFor(inputs);
        const outputs = compiled.run(inputs);
        tf.dispose(inputs);
        yield { pictures: part, nodes: await rowsOf(outputs, taps, part.length) };
      }
    },
    dispose() {
      compiled?.dispose();
      tf.dispose(params);
    },
  };
}

const oneHotInput = 'probe/oneHot';

interface ProbeParts {
  readonly spec: NetSpec;
  readonly source: BatchSource;
  readonly taps: readonly string[];
  readonly gradientOf: ProbeScore | undefined;
  readonly batchSize: number;
}

function tapValues(parts: ProbeParts, start: Tensor, inputs: Tensors, constants: Tensors): TapValues[] {
  const { spec, source, taps, gradientOf } = parts;
  const { from } = source;
  const activations = forward(spec, constants, start, { from, taps }).taps;
  const gradients = gradientOf ? tapGradients(parts, gradientOf, start, inputs[oneHotInput]!, constants) : null;
  return taps.map((node, i) => ({ node, activation: activations[node]!, gradient: gradients?.[i] ?? null }));
}

/** Gradients with respect to offsets of zero that are added to the taps: equal to those with respect to the taps, in one pass for all. */
function tapGradients(
  { spec, source: { from }, taps, batchSize }: ProbeParts,
  { score }: ProbeScore,
  start: Tensor,
  oneHot: Tensor,
  constants: Tensors,
): Tensor[] {
  const shapes = outputShapes(spec);
  const zeros = taps.map((name) => tf.zeros([batchSize, ...shapes.get(name)!]));
  const total = (...offsets: Tensor[]): Tensor => {
    const moved = (name: string, output: Tensor): Tensor => {
      const tap = taps.indexOf(name);
      return tap < 0 ? output : tf.add(output, offsets[tap]!);
    };
    const node = ({ name }: NodeSpec, output: Tensor) => moved(name, output);
    const { output } = forward(spec, constants, moved(from, start), { from, node });
    return tf.sum(score(output, oneHot));
  };
  return tf.grads(total)(zeros);
}

/** Outputs of the graph: TensorFlow takes no node's name as it is. */
function numbered(tap: number, kept: Tensors): [string, Tensor][] {
  return Object.entries(kept).map(([name, tensor]) => [`tap${tap}/${name}`, tensor]);
}

/** Reads the first `count` rows and disposes the outputs. */
async function rowsOf(outputs: Tensors, taps: readonly string[], count: number): Promise<ProbeBatch['nodes']> {
  const nodes: Record<string, Record<string, ProbeRows>> = {};
  for (const [key, tensor] of Object.entries(outputs)) {
    const [, tap, name] = /^tap(\d+)\/(.*)$/.exec(key)!;
    const node = taps[Number(tap)]!;
    const [rows, ...shape] = tensor.shape;
    const values = (await tensor.data()) as Float32Array;
    const kept = values.slice(0, (values.length / rows!) * count);
    (nodes[node] ??= {})[name!] = { shape: [count, ...shape], values: kept };
    tensor.dispose();
  }
  return nodes;
}

function cloned(tensors: Readonly<Tensors>): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, tensor]) => [name, tensor.clone()]));
}
