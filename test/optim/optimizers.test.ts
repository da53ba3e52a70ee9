import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipByGlobalNorm, globalNorm } from '../../src/optim/clip-by-global-norm.ts';
import { createOptimizer, type Optimizer } from '../../src/optim/create-optimizer.ts';
import { trainConfigSchema, type TrainConfigInput } from '../../src/protocol/train-config.ts';
import { compileStep } from '../../src/tensor/compile.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';

type OptimizerConfig = NonNullable<TrainConfigInput['optimizer']>;
const torch = JSON.parse(readFileSync('test/fixtures/optim.json', 'utf8')) as {
  shape: [number, number];
  start: number[];
  gradients: number[][];
  rates: number[];
  cases: { title: string; config: OptimizerConfig; weightDecay: number; trajectory: number[][] }[];
  clipping: { maxNorm: number; norm: number; clipped: number[][] }[];
};
const configured = (optimizer: OptimizerConfig) => createOptimizer(v.parse(trainConfigSchema, { optimizer }).optimizer);
const matrix = (values: number[]) => tf.tensor(values, torch.shape);
const zeroSlots = (optimizer: Optimizer, name: string) =>
  Object.fromEntries(optimizer.slots({ name }).map((slot) => [slot.name, tf.zeros(torch.shape)]));

beforeAll(async () => {
  await loadRuntime();
});

function expectClose(received: ArrayLike<number>, expected: readonly number[]) {
  expected.forEach((value, i) => expect(Math.abs(received[i]! - value)).toBeLessThan(2e-6 * (1 + Math.abs(value))));
}

describe('an optimizer', () => {
  it.each(torch.cases)('takes the steps of torch: $title', ({ config, weightDecay, trajectory }) => {
    const optimizer = configured(config);
    let param: Tensor = matrix(torch.start);
    let slots: Record<string, Tensor> = zeroSlots(optimizer, 'w');
    torch.gradients.forEach((gradient, i) => {
      const learningRate = tf.scalar(torch.rates[i]!);
      const input = { param, gradient: matrix(gradient), slots, learningRate, weightDecay, step: tf.scalar(i + 1) };
      ({ param, slots } = optimizer.update(input));
      expectClose(param.dataSync(), trajectory[i]!);
    });
  });

  it('takes the same steps traced into a compiled step', () => {
    const { config, weightDecay, trajectory } = torch.cases.at(-1)!;
    const optimizer = configured(config);
    const step = compileStep({
      name: 'optimizer',
      state: { w: matrix(torch.start), ...zeroSlots(optimizer, 'w') },
      inputs: { gradient: matrix(torch.gradients[0]!), learningRate: tf.scalar(9), step: tf.scalar(9) },
      step: ({ w, ...slots }, { gradient, learningRate, step }) => {
        const next = optimizer.update({ param: w!, gradient, slots, learningRate, weightDecay, step });
        return { state: { w: next.param, ...next.slots }, outputs: {} };
      },
    });
    torch.gradients.forEach((gradient, i) => {
      step.run({ gradient: matrix(gradient), learningRate: tf.scalar(torch.rates[i]!), step: tf.scalar(i + 1) });
      expectClose(step.readState(['w'])['w']!.dataSync(), trajectory[i]!);
    });
    step.dispose();
  });

  it('keeps the slots of each parameter under its name, so that none inherits the past of another', () => {
    const optimizer = configured({ name: 'momentum', momentum: 0.9 });
    const a = tf.scalar(1);
    const gradient = tf.scalar(1);
    const learningRate = tf.scalar(0.1);
    const step = tf.scalar(1);
    const state: Record<string, Tensor> = {};
    const move = (name: string) => {
      const slots = Object.fromEntries(optimizer.slots({ name }).map((s) => [s.name, state[s.name] ?? tf.scalar(0)]));
      const next = optimizer.update({ param: a, gradient, slots, learningRate, weightDecay: 0, step });
      Object.assign(state, next.slots);
      return next.param.dataSync()[0]!;
    };
    // Only a is trained for three steps, then a is frozen and b trained: b starts with no momentum.
    move('a');
    move('a');
    expect(move('a')).toBeCloseTo(1 - 0.1 * (1 + 0.9 + 0.81), 6);
    expect(move('b')).toBeCloseTo(0.9, 6);
    expect(Object.keys(state)).toEqual(['a#momentum', 'b#momentum']);
    // and a goes on from its own momentum when it is unfrozen
    expect(move('a')).toBeCloseTo(1 - 0.1 * (1 + 0.9 * 2.71), 6);
  });

  it('leaks no tensor inside a tidy', () => {
    const optimizer = configured({ name: 'adamw' });
    const input = {
      param: matrix(torch.start),
      gradient: matrix(torch.start),
      slots: zeroSlots(optimizer, 'w'),
      learningRate: tf.scalar(0.1),
      weightDecay: 0.1,
      step: tf.scalar(1),
    };
    const before = tf.memory().numTensors;
    tf.dispose(tf.tidy(() => optimizer.update(input)) as unknown as Tensor[]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('clipByGlobalNorm', () => {
  it.each(torch.clipping)('scales as torch does at $maxNorm', ({ maxNorm, norm, clipped }) => {
    const gradients = { a: matrix(torch.gradients[0]!), b: matrix(torch.gradients[1]!) };
    expect(globalNorm(gradients).dataSync()[0]).toBeCloseTo(norm, 5);
    const result = clipByGlobalNorm(gradients, maxNorm);
    expectClose(result['a']!.dataSync(), clipped[0]!);
    expectClose(result['b']!.dataSync(), clipped[1]!);
  });

  it('leaves zero gradients at zero', () => {
    expect([...clipByGlobalNorm({ a: tf.zeros([2]) }, 1)['a']!.dataSync()]).toEqual([0, 0]);
  });
});
