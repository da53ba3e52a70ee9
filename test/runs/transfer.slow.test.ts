import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { datasetIndices } from '../../src/data/indices.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { runTraining } from '../../src/runs/run-training.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { RunResult } from '../../src/protocol/run-event.ts';
import type { BackboneFile } from '../../src/protocol/train-job.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { tf } from '../../src/tensor/tf.ts';
import { startingHead, withHead } from '../../src/train/fit-head.ts';
import { fineTune } from '../../src/train/fine-tune.ts';
import { pretrainedNetwork } from '../../src/train/network.ts';
import { PictureSource } from '../../src/train/picture-source.ts';
import { RunStopped } from '../../src/train/run-stopped.ts';
import { RunContext } from '../../src/train/run-context.ts';
import { frozenTrunk } from '../../src/train/trunk.ts';
import { resolveBackbone } from '../../src/zoo/index.ts';
import { jobOf, paintedDataset, rememberingHost, tinyRun, type TinyRun } from '../support/training-fixture.ts';

let folder: string;
let dataset: Dataset;
let backbone: BackboneFile;
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-transfer-'));
  dataset = await paintedDataset(folder, { perClass: 10, side: 64 });
  backbone = await resolveBackbone('efficientnet_lite0', join(folder, 'zoo'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** ‖a − b‖ / ‖b‖ over all values. */
function relativeDifference(a: Record<string, number[]>, b: Record<string, number[]>): number {
  let difference = 0;
  let size = 0;
  for (const name of Object.keys(b)) {
    b[name]!.forEach((value, i) => {
      difference += (a[name]![i]! - value) ** 2;
      size += value ** 2;
    });
  }
  return Math.sqrt(difference / size);
}

describe('the upper half of EfficientNet-Lite0', () => {
  it('trains on cached features as on pictures through the frozen half, over 52 steps', async () => {
    const set = ['model.inputSize=96', 'augment.mode=none', 'data.batchSize=8', 'schedule.maxLearningRate=0.01'];
    const config = resolveConfig({
      preset: 'balanced',
      set: [...set, 'schedule.cycleEpochs=13', 'schedule.numCycles=1', 'tune.normMode=training'],
    });
    const open = async (runId: string): Promise<TinyRun> => {
      const context = new RunContext(await jobOf(folder, dataset, config, [backbone], runId), rememberingHost());
      const bare = await pretrainedNetwork(backbone, 3, config, 96);
      const pool = datasetIndices(dataset);
      const labelOf = (picture: number) => dataset.pictures[picture]!.label;
      const head = await startingHead(context, bare, { pool, training: pool, labelOf, l2: 1e-2 });
      await context.close();
      return tinyRun(folder, dataset, config, { runId, network: withHead(bare, head) });
    };
    const cached = await open('cached');
    await cached.train();
    const uncached = await open('uncached');
    const { preprocessing } = uncached.network.spec;
    const cache = await uncached.context.openPictures(preprocessing);
    const trunk = frozenTrunk(uncached.network, uncached.setup.boundary);
    const source = new PictureSource({ cache, preprocessing, augment: null, seed: 0, trunk });
    await fineTune(uncached.context, { ...uncached.task, source });

    expect(cached.steps).toHaveLength(52);
    const worst = Math.max(
      ...cached.steps.map(({ measures }, i) => Math.abs(measures.loss - uncached.steps[i]!.measures.loss)),
    );
    expect(worst).toBeLessThan(1e-5);
    expect(relativeDifference(cached.atSnapshot[0]!, uncached.atSnapshot[0]!)).toBeLessThan(1e-5);
    tf.dispose(trunk.constants);
    await cached.close();
    await uncached.close();
  });
});

describe('a run that is stopped again and again', () => {
  const quickly = ['model.inputSize=64', 'data.batchSize=8', 'schedule.cycleEpochs=1', 'schedule.numCycles=2'];
  const cases: [string, string, string[]][] = [
    ['fine-tuning tried on folds', 'balanced', [...quickly, 'data.folds=3', 'augment.views=2']],
    ['fine-tuning judged on a validation part', 'balanced', [...quickly, 'data.foldChoiceBelow=0', 'augment.views=2']],
  ];

  it.each(cases)('ends with the result of an undisturbed one: %s', async (name, preset, set) => {
    const config = resolveConfig({ preset: preset as 'quick', set });
    const place = join(folder, name.replaceAll(' ', '-'));
    const job = (runId: string, attempt = 1) =>
      jobOf(join(place, runId), dataset, config, [backbone], runId).then((one) => ({ ...one, attempt, runId: 'run' }));
    let asked = 0;
    const host = rememberingHost();
    host.control = () => (asked++, 'go');
    const whole = await runTraining(await job('whole'), host);
    expect(asked).toBeGreaterThan(4);

    // What is repeated after a stop asks again, so each attempt gets further than the one before.
    const between = Math.ceil(asked / 4);
    let result: RunResult | null = null;
    let attempt = 0;
    while (result === null) {
      attempt++;
      const left = rememberingHost();
      let calls = 0;
      left.control = () => (++calls > attempt * between ? 'stop' : 'go');
      result = await runTraining(await job('stopped', attempt), left).catch((error: unknown) => {
        if (error instanceof RunStopped) return null;
        throw error;
      });
    }
    expect(attempt).toBeGreaterThan(1);
    expect({ ...result, timings: null }).toEqual({ ...whole, timings: null });
  });
});
