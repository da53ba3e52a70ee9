import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { loadCheckpoint } from '../../src/train/checkpoint.ts';
import { attempt, expectSameBits, randomConfig, resumable, undisturbed } from '../support/resumed-training.ts';
import { configOf, paintedDataset, tinyRun } from '../support/training-fixture.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
let dataset: Dataset;
beforeAll(async () => {
  await loadRuntime();
});
beforeEach(async () => {
  folder = temporaryFolder();
  dataset = await paintedDataset(folder, { perClass: 5 });
});

describe('a training that is stopped and resumed', () => {
  it('within a cycle ends with the same bits', async () => {
    await expectSameBits({ folder, dataset }, resumable[0]![1], [2]);
  });

  it('right at the end of a cycle, begins the next star branch from the first network', async () => {
    await expectSameBits({ folder, dataset }, resumable[1]![1], [3]);
  });
});

describe('a training that has ended', () => {
  it('is not trained again when it is resumed', async () => {
    const one = { ...randomConfig, tune: { regime: 'upper' } } as const;
    const followed = { sha256: new Map<number, string>() };
    const { result } = await attempt({ folder, dataset }, one, 'run', followed);
    const again = await attempt({ folder, dataset }, one, 'run', followed);
    expect(again.run.steps).toEqual([]);
    expect(again.result).toEqual(result);
  });

  it('early, stops after cycles without improvement and says which was best, when it is resumed too', async () => {
    const one: TrainConfigInput = {
      ...randomConfig,
      tune: { regime: 'upper' },
      stop: { patienceCycles: 2 },
      schedule: { ...randomConfig.schedule, numCycles: 6 },
    };
    const { result, run, sha256, accuracies } = await undisturbed(
      { folder, dataset },
      one,
      [0.5, 0.7, 0.6, 0.7, 0.9, 0.9],
    );
    expect(result).toEqual({ snapshots: 4, best: 1 });
    expect(run.steps).toHaveLength(12);
    expect([...sha256.keys()]).toEqual([0, 1, 2, 3]);
    const again = await attempt({ folder, dataset }, one, 'undisturbed', { sha256, accuracies: accuracies! });
    expect(again.run.steps).toEqual([]);
    expect(again.result).toEqual(result);
  });
});

describe('a training that is paused', () => {
  it('keeps a checkpoint, waits, goes on, and says so once each', async () => {
    const run = await tinyRun(folder, dataset, configOf({ ...randomConfig, tune: { regime: 'upper' } }));
    let asked = 0;
    run.host.control = () => (run.steps.length === 2 && asked++ < 3 ? 'pause' : 'go');
    await run.train();
    const told = run.host.events.map(({ type }) => type).filter((type) => /runPaused|runResumed|checkpoint/.test(type));
    expect(told.slice(0, 3)).toEqual(['checkpointSaved', 'runPaused', 'runResumed']);
    expect(told.filter((type) => type === 'runPaused')).toHaveLength(1);
    expect(run.steps).toHaveLength(9);
    await run.close();
  });
});

describe('a training whose loss is no number', () => {
  it('fails with step and rate, and keeps the checkpoint before it', async () => {
    const calm: TrainConfigInput = { ...randomConfig, tune: { regime: 'all' }, optimizer: { name: 'sgd' } };
    await attempt({ folder, dataset }, calm, 'run', { sha256: new Map() }, 2);
    // Decay by a rate of 1000 multiplies the weights by −999 each step.
    const wild: TrainConfigInput = {
      ...calm,
      optimizer: { name: 'sgd', weightDecay: 1 },
      tune: { regime: 'all', groupScales: [100, 100, 100] },
      schedule: { name: 'constant', epochs: 20, maxLearningRate: 10 },
    };
    const { result, run } = await attempt({ folder, dataset }, wild, 'run', { sha256: new Map() });
    expect(result).toMatchObject({
      code: 'train.diverged',
      kind: 'failure',
      params: { loss: expect.stringMatching(/NaN|Infinity/) as string },
    });
    const kept = (await loadCheckpoint(run.context.job.runFolder, 'final'))!;
    expect(kept.position.step).toBeGreaterThanOrEqual(2);
    expect(Object.values(kept.state).every(({ data }) => (data as Float32Array).every(Number.isFinite))).toBe(true);
  });
});
