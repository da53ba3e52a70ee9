import { beforeAll, expect, it } from 'vitest';
import type { TrainConfigInput } from '../../src/settings/train-config.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { RunStopped } from '../../src/train/run-stopped.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { expectNoTensorLeak } from '../support/tensor-leak.ts';
import { configOf, paintedDataset, tinyRun } from '../support/training-fixture.ts';

beforeAll(async () => {
  await loadRuntime();
});

const base: TrainConfigInput = { data: { batchSize: 4 }, schedule: { cycleEpochs: 2, numCycles: 3 } };

it.each<[string, TrainConfigInput]>([
  ['on pictures', { ...base, tune: { regime: 'all', normMode: 'training' }, augment: { mode: 'online' } }],
  ['on cached views', { ...base, tune: { regime: 'upper' }, augment: { mode: 'cachedViews', views: 2 } }],
])('a fine-tuning %s holds as many tensors after every epoch, and none at its end', async (_, input) => {
  const folder = temporaryFolder();
  const dataset = await paintedDataset(folder, { perClass: 3 });
  await expectNoTensorLeak(async () => {
    const counts: number[] = [];
    const run = await tinyRun(folder, dataset, configOf(input), {
      listener: {
        epochEnded() {
          counts.push(tf.memory().numTensors);
          return Promise.resolve();
        },
      },
    });
    await run.train();
    expect(counts).toHaveLength(6);
    expect(new Set(counts).size, counts.join()).toBe(1);
    await run.close();
  });
});

it('a fine-tuning that is stopped and resumed leaves no tensor behind', async () => {
  const folder = temporaryFolder();
  const dataset = await paintedDataset(folder, { perClass: 3 });
  const config = configOf({ ...base, tune: { regime: 'upper' }, ensemble: { start: 'star' } });
  await expectNoTensorLeak(async () => {
    const stopped = await tinyRun(folder, dataset, config);
    stopped.host.control = () => (stopped.steps.length === 7 ? 'stop' : 'go');
    await expect(stopped.train()).rejects.toBeInstanceOf(RunStopped);
    await stopped.close();
    const resumed = await tinyRun(folder, dataset, config);
    await resumed.train();
    await resumed.close();
  });
});
