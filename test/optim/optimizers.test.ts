import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { beforeAll, describe, expect, it } from 'vitest';
import { clipByGlobalNorm } from '../../src/optim/clip-by-global-norm.ts';
import { globalNorm } from '../../src/optim/global-norm.ts';
import { optimizerNamed } from '../../src/optim/index.ts';
import { trainConfigSchema, type TrainConfig, type TrainConfigInput } from '../../src/settings/train-config.ts';
import { slotKinds } from '../../src/settings/slot-kinds.ts';
import { compileStep } from '../../src/tensor/compile.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf, type Tensor } from '../../src/tensor/tf.ts';

type OptimizerConfig = NonNullable<TrainConfigInput['optimizer']>;
type Config = TrainConfig['optimizer'];
const torch = JSON.parse(readFileSync('test/fixtures/optim.json', 'utf8')) as {
  shape: [number, number];
  start: number[];
  gradients: number[][];
  rates: number[];
  cases: { title: string; config: OptimizerConfig; weightDecay: number; trajectory: number[][] }[];
  clipping: { maxNorm: number; norm: number; clipped: number[][] }[];
};
const configured = (optimizer: OptimizerConfig) => v.parse(trainConfigSchema, { optimizer }).optimizer;
const matrix = (values: number[]) => tf.tensor(values, torch.shape);
const zeroSlots = ({ name }: Config): Record<string, Tensor> =>
  Object.fromEntries(Object.keys(slotKinds[name]).map((kind) => [kind, tf.zeros(torch.shape)]));
const hyperOf = (config: Config): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(optimizerNamed(config.name).hyper).map(([name, number]) => [name, tf.scalar(number(config))]),
  );

beforeAll(async () => {
  await loadRuntime();
});

function expectClose(received: ArrayLike<number>, expected: readonly number[]) {
  expected.forEach((value, i) => expect(Math.abs(received[i]! - value)).toBeLessThan(2e-6 * (1 + Math.abs(value))));
}

describe('an optimizer', () => {
  it.each(torch.cases)('takes the steps of torch: $title', ({ config, weightDecay, trajectory }) => {
    const decayed = configured({ ...config, weightDecay });
    const optimizer = optimizerNamed(decayed.name);
    const hyper = hyperOf(decayed);
    let param: Tensor = matrix(torch.start);
    let slots = zeroSlots(decayed);
    torch.gradients.forEach((gradient, i) => {
      const learningRate = tf.scalar(torch.rates[i]!);
      const step = tf.scalar(i + 1);
      const input = { param, gradient: matrix(gradient), slots, hyper, learningRate, decays: weightDecay !== 0, step };
      ({ param, slots } = optimizer.update(input, decayed));
      expectClose(param.dataSync(), trajectory[i]!);
    });
  });

  it('takes the same steps traced into a compiled step, fed with its numbers', () => {
    const { config, weightDecay, trajectory } = torch.cases.at(-1)!;
    const decayed = configured({ ...config, weightDecay });
    const optimizer = optimizerNamed(decayed.name);
    const hyper = hyperOf(decayed);
    const compiled = compileStep<Record<string, Tensor>, Record<string, never>>({
      name: 'optimizer',
      state: { w: matrix(torch.start), ...zeroSlots(decayed) },
      inputs: { gradient: matrix(torch.gradients[0]!), learningRate: tf.scalar(9), step: tf.scalar(9), ...hyper },
      step: ({ w, ...slots }, { gradient, learningRate, step, ...fed }) => {
        const rule = { param: w!, gradient: gradient!, slots, hyper: fed, learningRate: learningRate!, step: step! };
        const next = optimizer.update({ ...rule, decays: weightDecay !== 0 }, decayed);
        return { state: { w: next.param, ...next.slots }, outputs: {} };
      },
    });
    torch.gradients.forEach((gradient, i) => {
      const learningRate = tf.scalar(torch.rates[i]!);
      compiled.run({ gradient: matrix(gradient), learningRate, step: tf.scalar(i + 1), ...hyper });
      expectClose(compiled.readState(['w'])['w']!.dataSync(), trajectory[i]!);
    });
    compiled.dispose();
  });

  it('keeps every slot that its name declares, and no other', () => {
    for (const [name, kinds] of Object.entries(slotKinds)) {
      const config = configured({ name: name as Config['name'] });
      const input = {
        param: matrix(torch.start),
        gradient: matrix(torch.start),
        slots: zeroSlots(config),
        hyper: hyperOf(config),
        learningRate: tf.scalar(0.1),
        decays: true,
        step: tf.scalar(1),
      };
      const { slots } = optimizerNamed(config.name).update(input, config);
      expect(Object.keys(slots).sort()).toEqual(Object.keys(kinds).sort());
    }
  });

  it('leaks no tensor inside a tidy', () => {
    const config = configured({ name: 'adamw' });
    const input = {
      param: matrix(torch.start),
      gradient: matrix(torch.start),
      slots: zeroSlots(config),
      hyper: hyperOf(config),
      learningRate: tf.scalar(0.1),
      decays: true,
      step: tf.scalar(1),
    };
    const before = tf.memory().numTensors;
    tf.dispose(tf.tidy(() => optimizerNamed('adamw').update(input, config)) as unknown as Tensor[]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

describe('clipByGlobalNorm', () => {
  it.each(torch.clipping)('scales as torch does at $maxNorm', ({ maxNorm, norm, clipped }) => {
    const gradients = { a: matrix(torch.gradients[0]!), b: matrix(torch.gradients[1]!) };
    expect(globalNorm(Object.values(gradients)).dataSync()[0]).toBeCloseTo(norm, 5);
    const result = clipByGlobalNorm(gradients, maxNorm);
    expectClose(result['a']!.dataSync(), clipped[0]!);
    expectClose(result['b']!.dataSync(), clipped[1]!);
  });

  it('leaves zero gradients at zero', () => {
    expect([...clipByGlobalNorm({ a: tf.zeros([2]) }, 1)['a']!.dataSync()]).toEqual([0, 0]);
  });
});
