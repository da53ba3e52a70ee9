import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadRuntime } from '../../../src/tensor/runtime.ts';
import { tf } from '../../../src/tensor/tf.ts';
import { fitHead } from '../../../src/train/head/fit-head.ts';
import { foldChoice } from '../../../src/train/head/fold-choice.ts';

const oracle = JSON.parse(readFileSync('test/fixtures/head.json', 'utf8')) as {
  classes: number;
  features: number[];
  labels: number[];
  cases: { l2: number; labelSmoothing: number; weighted: boolean; weight: number[]; loss: number }[];
};
const { classes, labels } = oracle;
const features = Float32Array.from(oracle.features);

// A file of its own: the runtime is chosen once in a process.
beforeAll(async () => {
  process.env['ANNEAL_RUNTIME'] = 'wasm';
  await loadRuntime();
});

describe('on the WASM back end', () => {
  it.each(oracle.cases.filter(({ weighted }) => !weighted))(
    'fitHead finds the optimum of scikit-learn and torch: l2 $l2, smoothing $labelSmoothing',
    async ({ l2, labelSmoothing, weight, loss }) => {
      expect(tf.getBackend()).toBe('wasm');
      const head = await fitHead({ features, labels, classes, l2, labelSmoothing });
      expect(Math.abs(head.loss - loss) / loss).toBeLessThan(1e-5);
      const scale = Math.max(...weight.map(Math.abs));
      weight.forEach((value, i) => expect(Math.abs(head.weight[i]! - value)).toBeLessThan(1e-2 * scale));
    },
  );

  it('foldChoice runs and leaves no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const foldOf = labels.map((_, i) => i % 5);
    const choice = await foldChoice({ features, labels, classes, foldOf, l2Grid: [0.001, 0.1] });
    expect(choice.heads).toHaveLength(5);
    expect(tf.memory().numTensors).toBe(before);
  });
});
