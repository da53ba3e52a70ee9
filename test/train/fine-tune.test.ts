import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { epochBatches } from '../../src/data/epoch-batches.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import type { BatchPosition, BatchSource } from '../../src/train/batch-source.ts';
import { fineTune } from '../../src/train/fine-tune.ts';
import { RunStopped } from '../../src/train/run-stopped.ts';
import { valuesOf, configOf, largestDifference, paintedDataset, tinyRun } from '../support/training-fixture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { indices } from '../support/indices.ts';

let folder: string;
let dataset: Dataset;
beforeAll(async () => {
  await loadRuntime();
});
beforeEach(async () => {
  folder = temporaryFolder();
  dataset = await paintedDataset(folder, { perClass: 6 });
});

interface Seen {
  readonly pictures: number[];
  readonly position: BatchPosition;
}

/** The source, and what training asks of it. */
function watched(source: BatchSource): { source: BatchSource; seen: Seen[] } {
  const seen: Seen[] = [];
  return {
    seen,
    source: {
      from: source.from,
      constants: source.constants,
      training(pictures, position) {
        seen.push({ pictures: Array.from(pictures), position });
        return source.training(pictures, position);
      },
      evaluation: (pictures) => source.evaluation(pictures),
      trainingActivations: (...given) => source.trainingActivations(...given),
      evaluationActivations: (inputs, constants) => source.evaluationActivations(inputs, constants),
    },
  };
}

function grouped(seen: readonly Seen[], key: (one: Seen) => number): Map<number, Seen[]> {
  const groups = new Map<number, Seen[]>();
  for (const one of seen) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
}

const headOnly: TrainConfigInput = {
  tune: { regime: 'head' },
  optimizer: { name: 'sgd', weightDecay: 0 },
  data: { batchSize: 6 },
  schedule: { cycleEpochs: 3, numCycles: 2, maxLearningRate: 0.5, minLearningRate: 0.01 },
};

describe('an epoch', () => {
  it.each([
    ['one less than a batch', 5, 1],
    ['a batch', 6, 1],
    ['one more than a batch', 7, 2],
  ])('of %s shows each picture exactly once', async (_, count, batches) => {
    const pictures = Array.from({ length: count }, (_unused, i) => 2 * i);
    const run = await tinyRun(folder, dataset, configOf(headOnly), { pictures });
    const { source, seen } = watched(run.task.source);
    await fineTune(run.context, { ...run.task, source });
    const epochs = grouped(seen, ({ position }) => position.epoch);
    expect([...epochs.keys()]).toEqual([0, 1, 2, 3, 4, 5]);
    for (const shown of epochs.values()) {
      expect(shown).toHaveLength(batches);
      // Real pictures come first in a batch; behind them stands padding, which only the last batch has.
      const real = shown.flatMap((batch) => batch.pictures).slice(0, count);
      expect(real.sort((a, b) => a - b)).toEqual(pictures);
      expect(new Set(shown.map((batch) => batch.pictures.length))).toEqual(new Set([Math.min(6, count)]));
    }
    await run.close();
  });

  it('weighs every picture alike, the padded batch by its real pictures only: SGD by hand gives the same head', async () => {
    const pictures = Array.from({ length: 7 }, (_, i) => 2 * i);
    const config = configOf(headOnly);
    const run = await tinyRun(folder, dataset, config, { pictures });
    const start = valuesOf({ weight: run.network.params['fc.weight']!, bias: run.network.params['fc.bias']! });
    const features = new Map<number, number[]>();
    for (const picture of pictures) {
      const { features: map } = await run.setup.source.evaluation([picture]);
      const [height, width, channels] = map!.shape.slice(1) as [number, number, number];
      const pooled = new Array<number>(channels).fill(0);
      map!.data.forEach((value, i) => (pooled[i % channels]! += value / (height * width)));
      features.set(picture, pooled);
    }
    await run.train();
    // w ← w − η/n Σ x (p − y)ᵀ over the n real pictures of each batch, in float64.
    const labels = indices(...pictures).map(run.task.labelOf);
    const weight = [...start['weight']!];
    const bias = [...start['bias']!];
    let step = 0;
    for (let epoch = 0; epoch < 6; epoch++) {
      for (const rows of epochBatches({ kind: 'shuffle', labels, batchSize: 6, seed: config.seed, epoch, branch: 0 })) {
        const rate = run.task.plan.rate(step++) / rows.length;
        const errors = [...rows].map((row) => {
          const x = features.get(pictures[row]!)!;
          const scores = bias.map((b, c) => b + x.reduce((sum, value, f) => sum + value * weight[f * 3 + c]!, 0));
          const exps = scores.map((score) => Math.exp(score - Math.max(...scores)));
          const total = exps.reduce((a, b) => a + b);
          return { x, error: exps.map((e, c) => e / total - (c === labels[row]! ? 1 : 0)) };
        });
        for (const { x, error } of errors) {
          error.forEach((e, c) => {
            bias[c]! -= rate * e;
            x.forEach((value, f) => (weight[f * 3 + c]! -= rate * e * value));
          });
        }
      }
    }
    const trained = run.atSnapshot.at(-1)!;
    expect(
      largestDifference({ 'fc.weight': weight, 'fc.bias': bias }, trained),
      'difference to SGD by hand',
    ).toBeLessThan(1e-5);
    await run.close();
  });
});

describe('a cycle', () => {
  it('ends at the floor, is snapshot right then, and the next step is at the peak', async () => {
    const atStep: number[] = [];
    const run = await tinyRun(folder, dataset, configOf({ ...headOnly, data: { batchSize: 4 } }), {
      listener: {
        snapshot() {
          atStep.push(run.steps.length);
          return Promise.resolve();
        },
      },
    });
    expect(await run.train()).toEqual({ snapshots: 2, best: 1 });
    // 18 pictures by 4 are 5 steps an epoch, 15 a cycle.
    expect(atStep).toEqual([15, 30]);
    const rates = run.steps.map(({ measures }) => measures.learningRate);
    expect(rates[0]).toBe(0.5);
    expect(rates[14]).toBeCloseTo(0.01, 12);
    expect(rates[15]).toBe(0.5);
    expect(rates[29]).toBeCloseTo(0.01, 12);
    expect(Math.min(...rates)).toBeCloseTo(0.01, 12);
    await run.close();
  });
});

/** All 18 pictures in one batch: a step does not depend on their order, but for rounding. */
const fullBatches: TrainConfigInput = {
  tune: { regime: 'upper' },
  optimizer: { name: 'momentum', momentum: 0.9, weightDecay: 0 },
  data: { batchSize: 18 },
  schedule: { cycleEpochs: 4, numCycles: 3, maxLearningRate: 0.05 },
};

describe('star branches', () => {
  const star: TrainConfigInput = { ...fullBatches, ensemble: { start: 'star' } };

  it('each start from the first fine-tuned network with empty slots', async () => {
    const run = await tinyRun(folder, dataset, configOf(star));
    await run.train();
    const [first, second, third] = run.atSnapshot as [Values, Values, Values];
    // A run of its own from the first snapshot does what the branches do.
    const params = Object.fromEntries(
      Object.entries(run.network.params).map(([name, tensor]) => [
        name,
        name in first ? tf.tensor(first[name]!, tensor.shape) : tensor.clone(),
      ]),
    );
    const again = await tinyRun(
      folder,
      dataset,
      configOf({ ...fullBatches, schedule: { ...fullBatches.schedule, numCycles: 1 } }),
      { runId: 'again', network: { ...run.network, params } },
    );
    await again.train();
    expect(largestDifference(second, again.atSnapshot[0]!)).toBeLessThan(1e-5);
    expect(largestDifference(third, again.atSnapshot[0]!)).toBeLessThan(1e-5);
    expect(largestDifference(second, first)).toBeGreaterThan(1e-3);
    await run.close();
    await again.close();
  });

  it('see different orders', async () => {
    const run = await tinyRun(folder, dataset, configOf({ ...star, data: { batchSize: 6 } }));
    const { source, seen } = watched(run.task.source);
    await fineTune(run.context, { ...run.task, source });
    const orders = grouped(seen, ({ position }) => position.branch);
    expect([...orders.keys()]).toEqual([0, 1, 2]);
    const firstEpoch = [...orders.values()].map((batches) => batches.slice(0, 3).flatMap(({ pictures }) => pictures));
    expect(new Set(firstEpoch.map((order) => order.join())).size).toBe(3);
    for (const order of firstEpoch) expect(new Set(order).size).toBe(18);
    await run.close();
  });
});

type Values = Record<string, number[]>;

describe('a chain', () => {
  it('goes on from the last cycle with its momentum', async () => {
    const run = await tinyRun(folder, dataset, configOf(fullBatches));
    await run.train();
    const [first, second, third] = run.atSnapshot as [Values, Values, Values];
    const away = [first, second, third].map((values) => {
      const start = valuesOf(run.network.params);
      return Math.hypot(...Object.keys(values).flatMap((name) => values[name]!.map((v, i) => v - start[name]![i]!)));
    });
    expect(away[1]).toBeGreaterThan(away[0]!);
    expect(largestDifference(second, third)).toBeGreaterThan(1e-3);
    // A star branch starts at the same place, but without momentum.
    const star = await tinyRun(folder, dataset, configOf({ ...fullBatches, ensemble: { start: 'star' } }), {
      runId: 'star',
    });
    await star.train();
    expect(largestDifference(star.atSnapshot[0]!, first)).toBe(0);
    expect(largestDifference(star.atSnapshot[1]!, second)).toBeGreaterThan(1e-3);
    await run.close();
    await star.close();
  });
});

describe('a batch that cannot be read', () => {
  it('fails the run when its step comes, and nothing else when the run is stopped before', async () => {
    const run = await tinyRun(folder, dataset, configOf(headOnly));
    const { source } = watched(run.task.source);
    const gone = new Error('the file is gone');
    const broken: BatchSource = {
      ...source,
      training: (pictures, position) =>
        position.batch === 2 ? Promise.reject(gone) : source.training(pictures, position),
    };
    const unhandled: unknown[] = [];
    const listener = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', listener);
    await expect(fineTune(run.context, { ...run.task, source: broken })).rejects.toBe(gone);
    expect(run.steps).toHaveLength(2);
    run.host.control = () => (run.steps.length === 4 ? 'stop' : 'go');
    await expect(fineTune(run.context, { ...run.task, source: broken })).rejects.toBeInstanceOf(RunStopped);
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off('unhandledRejection', listener);
    expect(unhandled).toEqual([]);
    await run.close();
  });
});
