import { cropCentre, decodeTarget } from '../data/decode-picture.ts';
import { averagedMembers } from '../ensemble/ensemble-model.ts';
import type { ModelFiles } from '../ensemble/model-folder.ts';
import type { NetSpec, NodeSpec } from '../models/net-spec.ts';
import { forward } from '../nn/forward.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import { withPortableOps } from '../tensor/native.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { plainSafetensors, type PlainTensor } from './plain-safetensors.ts';
import type { VerificationPictures } from './verify.ts';

/** Pictures at once: op by op, every layer's output is in memory. */
const batchSize = 8;

/**
 * What the averaged ensemble answers, computed by another way than the one that is exported and used: own reader of the weights,
 * own change of layout, crop and normalisation in TypeScript, batch norm frozen but not folded, plain tf-core ops one after
 * the other, each member as a whole network, softmax and mean in double precision. An export is compared with this, so that a
 * fault in loading, folding, tracing or writing does not agree with itself. float32 [n, classes].
 */
export async function referenceAnswers(
  files: ModelFiles,
  { squares, paths }: VerificationPictures,
): Promise<Float32Array> {
  const { model } = files;
  const { preprocessing, labels } = model;
  const images = networkInput(squares, paths.length, preprocessing);
  const shared = model.trunk ? plainSafetensors(await files.bytes(model.trunk)) : [];
  const sums = new Float64Array(paths.length * labels.length);
  for (const { member, share } of averagedMembers(model)) {
    const tensors = new Map([...shared, ...plainSafetensors(await files.bytes(member))]);
    const logits = askNetwork(member.spec ?? model.spec, tensors, images, paths.length);
    softmaxRows(logits, labels.length, model.temperature).forEach(
      (probability, i) => (sums[i]! += share * probability),
    );
  }
  return Float32Array.from(sums);
}

/** uint8 squares [n, side, side, 3] to float32 [n, size, size, 3], normalised. */
function networkInput(squares: Uint8Array, n: number, preprocessing: Preprocessing): Float32Array {
  const { inputSize, mean, std } = preprocessing;
  const crops = cropCentre(squares, n, decodeTarget(preprocessing).side, inputSize);
  return Float32Array.from(crops, (value, i) => (value / 255 - mean[i % 3]!) / std[i % 3]!);
}

/** Logits: float32 [n, classes]. */
function askNetwork(
  spec: NetSpec,
  tensors: ReadonlyMap<string, PlainTensor>,
  images: Float32Array,
  n: number,
): Float32Array {
  const { inputSize } = spec.preprocessing;
  const stride = inputSize * inputSize * 3;
  const logits = new Float32Array(n * spec.classes);
  const parameters = tf.tidy(() => runtimeParameters(spec, tensors));
  try {
    for (let start = 0; start < n; start += batchSize) {
      const count = Math.min(batchSize, n - start);
      const output = tf.tidy(() => {
        const batch = tf.tensor4d(images.slice(start * stride, (start + count) * stride), [
          count,
          inputSize,
          inputSize,
          3,
        ]);
        return withPortableOps(() => forward(spec, parameters, batch).output);
      });
      logits.set(output.dataSync(), start * spec.classes);
      output.dispose();
    }
    return logits;
  } finally {
    tf.dispose(parameters);
  }
}

/** torch's layouts turned into TensorFlow's, by what the nodes do with them. */
function runtimeParameters(spec: NetSpec, tensors: ReadonlyMap<string, PlainTensor>): Record<string, Tensor> {
  const orders = new Map(spec.nodes.flatMap((node) => weightOrder(node)));
  return Object.fromEntries(
    [...tensors].map(([name, { shape, values }]) => {
      const tensor = tf.tensor(values, [...shape], 'float32');
      const order = orders.get(name)?.(shape);
      return [name, order ? tf.transpose(tensor, order) : tensor];
    }),
  );
}

/** Convolutions are [out, in, h, w] and become [h, w, in, out], depthwise ones [h, w, channels, 1]; linear layers turn over. */
function weightOrder(node: NodeSpec): [string, (shape: readonly number[]) => number[]][] {
  if (node.op === 'linear') return [[node.weight, () => [1, 0]]];
  if (node.op !== 'conv2d') return [];
  const { weight, groups } = node;
  return [[weight, ([out, inGroup]) => (groups > 1 && out === groups && inGroup === 1 ? [2, 3, 0, 1] : [2, 3, 1, 0])]];
}

function softmaxRows(logits: Float32Array, classes: number, temperature: number): Float64Array {
  const probabilities = new Float64Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const largest = Math.max(...row);
    const powers = Array.from(row, (value) => Math.exp((value - largest) / temperature));
    const total = powers.reduce((sum, value) => sum + value, 0);
    powers.forEach((value, i) => (probabilities[start + i] = value / total));
  }
  return probabilities;
}
