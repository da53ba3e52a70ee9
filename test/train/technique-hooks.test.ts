import { beforeAll, describe, expect, it } from 'vitest';
import { replaceHead } from '../../src/models/rewrites.ts';
import { globalNorm } from '../../src/optim/global-norm.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor, type Tensor4D } from '../../src/tensor/tf.ts';
import type { BatchSource, HostInput } from '../../src/train/batch-source.ts';
import { compileTrainingStep } from '../../src/train/compiled-step.ts';
import { batchInputs, rateInputs } from '../../src/train/step-inputs.ts';
import { rewrittenSpec } from '../../src/train/technique-hooks.ts';
import type { StepTechnique, Tensors } from '../../src/train/technique.ts';
import { classWeights } from '../../src/train/techniques/class-weights.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';
import { tinySpec } from '../support/tiny-model.ts';
import { configOf, valuesOf } from '../support/training-fixture.ts';
import { indices } from '../support/indices.ts';

beforeAll(async () => {
  await loadRuntime();
});

/** A linear head on the mean of four pixels: 3 pictures, 8 channels, 2 classes. All that follows has a closed form. */
const spec = tinySpec(2);
const labels = [0, 1, 1];
const count = labels.length;
const channels = 8;
const classes = 2;
const rate = 0.5;
const pixels = Float32Array.from({ length: count * 4 * channels }, (_, i) => Math.sin(i + 1));
const startWeight = Array.from({ length: channels * classes }, (_, i) => Math.cos(3 * i));
const startBias = [0.25, -0.5];
const config = configOf({ tune: { regime: 'head' }, optimizer: { name: 'sgd', weightDecay: 0 } });

const source: BatchSource = {
  from: 'pool',
  constants: {},
  training: () => Promise.resolve({ images: { dtype: 'float32', shape: [count, 2, 2, channels], data: pixels } }),
  evaluation: () => Promise.reject(new Error('nothing is evaluated here')),
  trainingActivations: (inputs, _constants, changed = (images) => images) =>
    tf.mean(changed(inputs['images'] as Tensor4D), [1, 2]),
  evaluationActivations: (inputs) => inputs['images']!,
};

interface Stepped {
  readonly loss: number;
  readonly measures: Readonly<Record<string, number>>;
  readonly state: Record<string, number[]>;
}

/** `steps` steps on the same batch with these techniques alone. */
async function train(techniques: readonly StepTechnique[], options: { steps?: number; config?: typeof config } = {}) {
  const { steps = 1, config: changed = config } = options;
  return expectNoTensorLeak(async () => {
    const params: Tensors = {
      'fc.weight': tf.tensor2d(startWeight, [channels, classes]),
      'fc.bias': tf.tensor1d(startBias),
    };
    const batch = { config: changed, source, classes, classCounts: [1, 2], techniques };
    const labelOf = (picture: number) => labels[picture]!;
    const fed = {
      ...(await batchInputs({ ...batch, labelOf }, indices(0, 1, 2), count, { branch: 0, epoch: 0, batch: 0 })),
      ...rateInputs(changed, rate, [1, 1, 1], [1, 1, 1]),
    };
    const step = compileTrainingStep({ ...batch, spec, params, slots: {}, freezeTo: 2, example: fed });
    let result = step.run(fed, { measured: true });
    for (let i = 1; i < steps; i++) result = step.run(fed, { measured: true });
    const state = step.readState();
    const stepped: Stepped = { ...result, state: valuesOf(state) };
    step.dispose();
    tf.dispose([params, state]);
    return stepped;
  });
}

type Matrix = number[][];
const features: Matrix = labels.map((_, row) =>
  Array.from({ length: channels }, (_unused, c) => {
    const at = (pixel: number) => pixels[(row * 4 + pixel) * channels + c]!;
    return (at(0) + at(1) + at(2) + at(3)) / 4;
  }),
);
const oneHot: Matrix = labels.map((label) => [label === 0 ? 1 : 0, label === 1 ? 1 : 0]);

interface Head {
  readonly weight: number[];
  readonly bias: number[];
}
const start: Head = { weight: startWeight, bias: startBias };

/** Mean cross-entropy of a linear head and its gradient, in float64: Xᵀ(p·Σy − y) / n. `scale` multiplies the scores. */
function gradientAt({ weight, bias }: Head, x = features, targets = oneHot, scale = 1, denominator = count) {
  const gradient = { weight: new Array<number>(weight.length).fill(0), bias: new Array<number>(bias.length).fill(0) };
  let loss = 0;
  x.forEach((row, n) => {
    const scores = bias.map(
      (b, k) => scale * (b + row.reduce((sum, value, c) => sum + value * weight[c * classes + k]!, 0)),
    );
    const total = scores.reduce((sum, score) => sum + Math.exp(score), 0);
    const mass = targets[n]!.reduce((a, b) => a + b, 0);
    scores.forEach((score, k) => {
      loss -= (targets[n]![k]! * (score - Math.log(total))) / denominator;
      const error = (scale * ((mass * Math.exp(score)) / total - targets[n]![k]!)) / denominator;
      gradient.bias[k]! += error;
      row.forEach((value, c) => (gradient.weight[c * classes + k]! += error * value));
    });
  });
  return { loss, ...gradient };
}

/** w − η·g. */
function moved(head: Head, gradient: Head, eta = rate): Head {
  const by = (values: number[], slopes: number[]) => values.map((value, i) => value - eta * slopes[i]!);
  return { weight: by(head.weight, gradient.weight), bias: by(head.bias, gradient.bias) };
}

function expectHead({ state }: Stepped, { weight, bias }: Head): void {
  expectNumbers(state['fc.weight']!, weight);
  expectNumbers(state['fc.bias']!, bias);
}

function expectNumbers(received: readonly number[], expected: readonly number[]): void {
  expect(received).toHaveLength(expected.length);
  expected.forEach((value, i) => expect(Math.abs(received[i]! - value), `number ${i}`).toBeLessThan(2e-6));
}

const made = (technique: Omit<StepTechnique, 'declaration' | 'active'>): StepTechnique => ({
  declaration: { key: 'made' },
  active: () => true,
  ...technique,
});
const scalar = (value: number): HostInput => ({ dtype: 'float32', shape: [], data: Float32Array.of(value) });
const squares = (values: readonly number[]) => values.reduce((sum, value) => sum + value * value, 0);
const normOf = ({ weight, bias }: Head) => Math.sqrt(squares(weight) + squares(bias));

describe('a step without techniques', () => {
  it('is plain descent, and measures the norm of its gradient and how far each layer group moved', async () => {
    const stepped = await train([]);
    const gradient = gradientAt(start);
    expectHead(stepped, moved(start, gradient));
    expect(stepped.loss).toBeCloseTo(gradient.loss, 6);
    expect(Object.keys(stepped.measures)).toEqual(['gradientNorm', 'updateRatio/head']);
    expect(stepped.measures['gradientNorm']).toBeCloseTo(normOf(gradient), 6);
    expect(stepped.measures['updateRatio/head']).toBeCloseTo((rate * normOf(gradient)) / normOf(start), 6);
  });
});

describe('a technique that exists only here', () => {
  it('changes pictures before they are normalised', async () => {
    const brighter = made({ trace: { images: (images) => tf.add(images, 1) } });
    const lifted = features.map((row) => row.map((value) => value + 1));
    expectHead(await train([brighter]), moved(start, gradientAt(start, lifted)));
  });

  it('changes the activations that enter the trained part, by a number that it feeds under a name of its own', async () => {
    const scaled = made({
      inputs: () => ({ factor: scalar(3) }),
      trace: { features: (x, { inputs }) => tf.mul(x, inputs['factor']!) },
    });
    const tripled = features.map((row) => row.map((value) => 3 * value));
    expectHead(await train([scaled]), moved(start, gradientAt(start, tripled)));
  });

  it('lets the forward pass read other weights, and gradients go through to the parameters', async () => {
    const halved = made({
      trace: { weights: (params) => ({ ...params, 'fc.weight': tf.mul(params['fc.weight']!, 0.5) }) },
    });
    const { weight, bias } = gradientAt({ weight: startWeight.map((value) => value / 2), bias: startBias });
    expectHead(await train([halved]), moved(start, { weight: weight.map((value) => value / 2), bias }));
  });

  it('changes the output of a node', async () => {
    const sharpened = made({ trace: { node: ({ name }, output) => (name === 'fc' ? tf.mul(output, 2) : output) } });
    expectHead(await train([sharpened]), moved(start, gradientAt(start, features, oneHot, 2)));
  });

  it('adds a term to the loss', async () => {
    const penalty = made({ trace: { loss: ({ params }) => tf.mul(tf.sum(tf.square(params['fc.weight']!)), 0.1) } });
    const stepped = await train([penalty]);
    const { weight, bias, loss } = gradientAt(start);
    expectHead(stepped, moved(start, { weight: weight.map((value, i) => value + 0.2 * startWeight[i]!), bias }));
    expect(stepped.loss).toBeCloseTo(loss + 0.1 * squares(startWeight), 5);
  });

  it('changes gradients, while the measured norm stays that of the loss', async () => {
    const signs = made({
      trace: { gradients: (all) => Object.fromEntries(Object.entries(all).map(([name, g]) => [name, tf.sign(g)])) },
    });
    const stepped = await train([signs]);
    const { weight, bias, ...rest } = gradientAt(start);
    expectHead(stepped, moved(start, { weight: weight.map(Math.sign), bias: bias.map(Math.sign) }));
    expect(stepped.measures['gradientNorm']).toBeCloseTo(normOf({ weight, bias, ...rest }), 6);
  });

  it('puts parameters back after the optimizer', async () => {
    const bounded = made({
      trace: {
        project: (params) => ({ ...params, 'fc.weight': tf.clipByValue(params['fc.weight']!, -0.4, 0.4) }),
      },
    });
    const { weight, bias } = moved(start, gradientAt(start));
    const clipped = weight.map((value) => Math.min(0.4, Math.max(-0.4, value)));
    expectHead(await train([bounded]), { weight: clipped, bias });
  });

  it('keeps tensors that start at the parameter, at zero or at a number, and moves them after each step', async () => {
    const averaging = made({
      state: () => [
        { name: 'average', like: 'fc.bias', start: 'param' },
        { name: 'sum', like: 'fc.bias', start: 'zero' },
        { name: 'steps', shape: [], start: 7 },
        { name: 'still', shape: [2], start: 3 },
      ],
      trace: {
        after: ({ after }, { state }) => ({
          average: tf.mul(tf.add(state['average']!, after['fc.bias']!), 0.5),
          sum: tf.add(state['sum']!, after['fc.bias']!),
          steps: tf.add(state['steps']!, 1),
        }),
      },
    });
    const { state } = await train([averaging], { steps: 2 });
    const first = moved(start, gradientAt(start));
    const second = moved(first, gradientAt(first));
    const average = startBias.map((value, i) => ((value + first.bias[i]!) / 2 + second.bias[i]!) / 2);
    expectNumbers(state['made/average']!, average);
    expectNumbers(
      state['made/sum']!,
      first.bias.map((value, i) => value + second.bias[i]!),
    );
    expect(state['made/steps']).toEqual([9]);
    expect(state['made/still']).toEqual([3, 3]);
  });

  it('measures what it wants under its key', async () => {
    const largest = made({ trace: { measures: ({ before }) => ({ largest: tf.max(tf.abs(before['fc.weight']!)) }) } });
    const { measures } = await train([largest]);
    expect(measures['made/largest']).toBeCloseTo(Math.max(...startWeight.map(Math.abs)), 6);
  });

  it('wraps the way to the gradients: Sharpness-Aware Minimization takes them where the loss is higher', async () => {
    const radius = 0.3;
    const sharpness = made({
      wrap: (gradients) => (params) => {
        const { loss, statistics, gradients: here } = gradients(params);
        const scale = tf.div(radius, globalNorm(Object.values(here)));
        const uphill = Object.entries(params).map(
          ([name, w]) => [name, tf.add(w, tf.mul(here[name]!, scale))] as const,
        );
        return { loss, statistics, gradients: gradients(Object.fromEntries(uphill)).gradients };
      },
    });
    const stepped = await train([sharpness]);
    const here = gradientAt(start);
    const above = moved(start, here, -radius / normOf(here));
    expectHead(stepped, moved(start, gradientAt(above)));
    expect(stepped.loss).toBeCloseTo(here.loss, 6);
  });

  it('mixes pictures and targets by what it drew; class weights then divide by the number of pictures, as torch does', async () => {
    const share = 0.75;
    const partner = [1, 2, 0];
    const mixing = made({
      inputs: () => ({ share: scalar(share) }),
      targets: (batch, { targets, ...rest }, drawn) => ({
        ...rest,
        mixed: true,
        targets: targets.map((target, i) => {
          const other = targets[partner[Math.floor(i / batch.classes)]! * batch.classes + (i % batch.classes)]!;
          const kept = drawn['share']!.data[0]!;
          return kept * target + (1 - kept) * other;
        }),
      }),
      trace: {
        features: (x, { inputs }) => {
          const rows = tf.split(x, count);
          const others = tf.concat(partner.map((row) => rows[row]!));
          return tf.add(tf.mul(x, inputs['share']!), tf.mul(others, tf.sub(1, inputs['share']!)));
        },
      },
    });
    const blend = (rows: Matrix) =>
      rows.map((row, n) => row.map((value, i) => share * value + (1 - share) * rows[partner[n]!]![i]!));
    expectHead(await train([mixing]), moved(start, gradientAt(start, blend(features), blend(oneHot))));
    const weighted = configOf({ ...config, loss: { classWeights: 'balanced' } });
    // Weights 3 / (2 · 1) and 3 / (2 · 2).
    const targets = blend(oneHot).map(([a, b]) => [1.5 * a!, 0.75 * b!]);
    const stepped = await train([mixing, classWeights], { config: weighted });
    expectHead(stepped, moved(start, gradientAt(start, blend(features), targets)));
  });

  it('acts after those before it and only when it is active', async () => {
    const plusOne = made({ trace: { features: (x) => tf.add(x, 1) } });
    const doubled = { ...made({ trace: { features: (x: Tensor) => tf.mul(x, 2) } }), declaration: { key: 'doubled' } };
    const never = { ...doubled, active: () => false };
    const both = features.map((row) => row.map((value) => 2 * (value + 1)));
    expectHead(await train([plusOne, doubled]), moved(start, gradientAt(start, both)));
    expectHead(await train([never]), moved(start, gradientAt(start)));
  });

  it('rewrites the network before it is made', () => {
    const dropping = made({
      spec: (before, { model }) => replaceHead(before, before.classes, { dropoutRate: model.dropout }),
    });
    const wanted = configOf({ model: { dropout: 0.3 } });
    const rewritten = rewrittenSpec(spec, wanted, [dropping]);
    expect(rewritten.nodes.find(({ op }) => op === 'dropout')).toMatchObject({ rate: 0.3 });
    expect(rewrittenSpec(spec, wanted, [{ ...dropping, active: () => false }])).toBe(spec);
  });
});
