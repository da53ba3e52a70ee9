import { expect } from 'vitest';
import { sizeOf } from '../../src/base/size-of.ts';
import type { NetSpec } from '../../src/models/net-spec.ts';
import { nodesBetween } from '../../src/models/spec-queries.ts';
import { forward } from '../../src/nn/forward.ts';
import { loadParameters } from '../../src/nn/load-parameters.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';
import type { BatchSource } from '../../src/train/batch-source.ts';
import { stateDict } from '../../src/train/network.ts';
import { createProbe, type ProbeBatch, type ProbeScore } from '../../src/train/probe.ts';
import { createRandom } from './random-values.ts';
import { tinySpec, tinyWeights } from './tiny-model.ts';

/** What the tests of probes share on every back end: a smooth tiny network and pictures of noise in memory. */
const classes = 3;
const side = 8;

/** Sigmoids in place of what has kinks: a difference of two points is then the slope. */
function smoothSpec(): NetSpec {
  const spec = tinySpec(classes, side);
  const nodes = spec.nodes.map((node) =>
    node.op === 'relu' || node.op === 'relu6' ? { ...node, op: 'sigmoid' as const } : node,
  );
  return { ...spec, nodes };
}

/** Log-probability of the picture's class. */
const logProbability: ProbeScore = {
  classOf: (picture) => picture % classes,
  score: (logits, oneHot) => tf.sum(tf.mul(tf.logSoftmax(logits), oneHot), 1),
};

function noiseSource(pictures: number): BatchSource & { readonly images: Float32Array } {
  const stride = sizeOf([side, side, 3]);
  const images = Float32Array.from(createRandom(3).normal(pictures * stride));
  const evaluation: BatchSource['evaluation'] = (rows) => {
    const data = new Float32Array(rows.length * stride);
    Array.from(rows).forEach((row, i) => data.set(images.subarray(row * stride, (row + 1) * stride), i * stride));
    return Promise.resolve({ images: { dtype: 'float32', shape: [rows.length, side, side, 3], data } });
  };
  const activations = (inputs: Record<string, Tensor>) => inputs['images']!;
  return {
    images,
    from: 'input',
    constants: {},
    training: evaluation,
    evaluation,
    trainingActivations: activations,
    evaluationActivations: activations,
  };
}

function tinyParameters(spec: NetSpec): Record<string, Tensor> {
  return loadParameters(spec, stateDict(new Map(Object.entries(tinyWeights(spec, 4)))));
}

async function all(batches: AsyncGenerator<ProbeBatch>): Promise<ProbeBatch[]> {
  const kept: ProbeBatch[] = [];
  for await (const batch of batches) kept.push(batch);
  return kept;
}

/** Values of a node over all batches, in the order of the pictures. */
function joined(batches: readonly ProbeBatch[], node: string, name: string): number[] {
  return batches.flatMap(({ nodes }) => [...nodes[node]![name]!.values]);
}

/** Expects every tapped activation and every gradient of it to be those of a second derivation, whatever the batches are. */
export async function expectProbeRight(taps: readonly string[]): Promise<void> {
  const pictures = [4, 0, 2, 1, 3];
  const spec = smoothSpec();
  const source = noiseSource(pictures.length);
  const params = tinyParameters(spec);
  const probe = createProbe(spec, source, {
    params,
    taps,
    reduce: ({ activation, gradient }) => ({ activation, gradient: gradient! }),
    gradientOf: logProbability,
    batchSize: 3,
  });
  const batches = await all(probe.read(pictures));
  probe.dispose();
  expect(batches.map((batch) => batch.pictures)).toEqual([
    [4, 0, 2],
    [1, 3],
  ]);
  const ordered = (await source.evaluation(pictures))['images']!.data as Float32Array;
  const images = tf.tensor4d(ordered, [pictures.length, side, side, 3]);
  for (const tap of taps) {
    const tapped = tf.tidy(() => forward(spec, params, images, { taps: [tap] }).taps[tap]!);
    const activations = [...tapped.dataSync()];
    expectNear(joined(batches, tap, 'activation'), activations, 1e-5);
    expectNear(joined(batches, tap, 'gradient'), slopes(spec, params, tap, tapped, pictures), 2e-3);
    tapped.dispose();
  }
  tf.dispose([images, params]);
}

/** Central differences of the score along every single value of the tap. */
function slopes(
  spec: NetSpec,
  params: Record<string, Tensor>,
  tap: string,
  tapped: Tensor,
  pictures: readonly number[],
): number[] {
  const [rows, ...shape] = tapped.shape as [number, ...number[]];
  const values = tapped.dataSync();
  const size = sizeOf(shape);
  const step = 1e-2;
  expect(nodesBetween(spec, tap, [spec.head]).length).toBeGreaterThan(0);
  return Array.from({ length: rows }, (_, row) => {
    const original = values.slice(row * size, (row + 1) * size);
    // Two pictures a value: a little more, a little less.
    const moved = new Float32Array(2 * size * size);
    for (let i = 0; i < size; i++)
      for (const [k, sign] of [1, -1].entries()) {
        const place = (2 * i + k) * size;
        moved.set(original, place);
        moved[place + i]! += sign * step;
      }
    const scores = tf.tidy(() => {
      const { output } = forward(spec, params, tf.tensor(moved, [2 * size, ...shape] as number[]), { from: tap });
      const label = logProbability.classOf(pictures[row]!);
      return logProbability
        .score(output, tf.cast(tf.oneHot(tf.fill([2 * size], label, 'int32'), classes), 'float32'))
        .dataSync();
    });
    return Array.from({ length: size }, (_unused, i) => (scores[2 * i]! - scores[2 * i + 1]!) / (2 * step));
  }).flat();
}

function expectNear(received: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(received).toHaveLength(expected.length);
  const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  expect(scale).toBeGreaterThan(0);
  const worst = received.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]!)), 0);
  expect(worst / Math.max(1, scale)).toBeLessThan(tolerance);
}

/** Expects that what stays in memory while many pictures are read is what stays while few are. */
export async function expectProbeFlat(): Promise<void> {
  const spec = smoothSpec();
  const params = tinyParameters(spec);
  const source = noiseSource(4);
  const before = tf.memory().numTensors;
  const probe = createProbe(spec, source, {
    params,
    taps: ['deepNorm'],
    reduce: ({ activation }) => ({ mean: tf.mean(activation, [1, 2]) }),
    batchSize: 2,
  });
  const counts: number[] = [];
  for await (const { nodes } of probe.read(Array.from({ length: 40 }, (_, i) => i % 4))) {
    expect(nodes['deepNorm']!['mean']!.shape).toEqual([2, 8]);
    counts.push(tf.memory().numTensors);
  }
  expect(new Set(counts).size).toBe(1);
  probe.dispose();
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose(params);
}
