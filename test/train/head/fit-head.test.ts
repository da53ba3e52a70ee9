import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { tf } from '../../../src/tensor/tf.ts';
import { fitHead, fitHeadPath } from '../../../src/train/head/fit-head.ts';
import { headProbabilities } from '../../../src/train/head/head.ts';

const oracle = JSON.parse(readFileSync('test/fixtures/head.json', 'utf8')) as {
  featureSize: number;
  classes: number;
  features: number[];
  labels: number[];
  weights: number[];
  cases: {
    l2: number;
    labelSmoothing: number;
    weighted: boolean;
    weight: number[];
    centredBias: number[];
    loss: number;
  }[];
};
const { classes, featureSize, labels } = oracle;
const features = Float32Array.from(oracle.features);
const data = { features, labels, classes };

beforeAll(async () => {
  await loadRuntime();
});

const centred = (bias: Float32Array) => bias.map((b) => b - bias.reduce((sum, other) => sum + other, 0) / bias.length);

function expectClose(received: ArrayLike<number>, expected: readonly number[], relative: number) {
  const scale = Math.max(...expected.map(Math.abs));
  expect(received.length).toBe(expected.length);
  expected.forEach((value, i) => expect(Math.abs(received[i]! - value)).toBeLessThan(relative * scale));
}

describe('fitHead', () => {
  it.each(oracle.cases)(
    'finds the optimum of scikit-learn and torch: l2 $l2, smoothing $labelSmoothing, weighted $weighted',
    async ({ l2, labelSmoothing, weighted, weight, centredBias, loss }) => {
      const head = await fitHead({ ...data, l2, labelSmoothing, ...(weighted ? { weights: oracle.weights } : {}) });
      expect(Math.abs(head.loss - loss) / loss).toBeLessThan(1e-5);
      expectClose(head.weight, weight, 1e-2);
      expectClose(centred(head.bias), centredBias, 1e-2);
    },
  );

  it('reaches the same optimum from anywhere, and stays where it is when it starts there', async () => {
    const head = await fitHead({ ...data, l2: 0.01, tolerance: 1e-8 });
    const far = { weight: head.weight.map((w, i) => w + Math.sin(i) * 3), bias: head.bias.map((b, i) => b + i) };
    const again = await fitHead({ ...data, l2: 0.01, tolerance: 1e-8, initial: far });
    expectClose(again.weight, [...head.weight], 1e-3);
    const stays = await fitHead({ ...data, l2: 0.01, initial: head });
    expect(stays.iterations).toBe(0);
    expectClose(stays.weight, [...head.weight], 1e-6);
  });

  it('reads features through a function as it reads them from memory', async () => {
    const read = (start: number, end: number) =>
      Promise.resolve(features.slice(start * featureSize, end * featureSize));
    const head = await fitHead({ ...data, l2: 0.01 });
    const other = await fitHead({ ...data, features: read, l2: 0.01 });
    expect(other.weight).toEqual(head.weight);
    expect(await headProbabilities(head, read, labels.length)).toEqual(
      await headProbabilities(head, features, labels.length),
    );
  });

  it('works past the number of rows looked at together', async () => {
    // Every row 30 times is the same mean loss, in two parts of which only the kept ones stay tensors.
    const times = 30;
    const many = new Float32Array(features.length * times);
    for (let i = 0; i < times; i++) many.set(features, i * features.length);
    const manyLabels = Array.from({ length: labels.length * times }, (_, i) => labels[i % labels.length]!);
    const head = await fitHead({ features: many, labels: manyLabels, classes, l2: 0.01 });
    expect(head.loss).toBeCloseTo(oracle.cases[1]!.loss, 5);
  });

  it('moves a feature that is constant only into the bias', async () => {
    const constant = new Float32Array(labels.length).fill(5);
    const head = await fitHead({ features: constant, labels, classes, l2: 0.1 });
    const counts = Array.from({ length: classes }, (_, k) => labels.filter((label) => label === k).length);
    const probabilities = await headProbabilities(head, constant.subarray(0, 1), 1);
    counts.forEach((count, k) => expect(probabilities[k]).toBeCloseTo(count / labels.length, 3));
  });

  it('repeats bit for bit and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const first = await fitHead({ ...data, l2: 0.001 });
    const second = await fitHead({ ...data, l2: 0.001 });
    expect(second).toEqual(first);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('refuses lists that do not fit', async () => {
    await expect(fitHead({ ...data, labels: labels.slice(1), l2: 1 })).rejects.toThrow('head.rowsMismatch');
    await expect(fitHead({ ...data, weights: [1], l2: 1 })).rejects.toThrow('head.rowsMismatch');
    await expect(fitHead({ ...data, weights: labels.map(() => 0), l2: 1 })).rejects.toThrow('head.noRows');
  });
});

describe('fitHeadPath', () => {
  it('gives the heads in the order of the grid, each at its own optimum', async () => {
    const grid = [0.01, 0.0001, 1];
    const heads = await fitHeadPath({ ...data, l2Grid: grid });
    for (const [i, l2] of grid.entries()) {
      const { loss } = oracle.cases.find((one) => one.l2 === l2)!;
      expect(Math.abs(heads[i]!.loss - loss) / loss).toBeLessThan(2e-5);
    }
  });
});
