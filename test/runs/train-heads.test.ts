import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { readModelFolder } from '../../src/ensemble/model-folder.ts';
import { runTraining } from '../../src/runs/run-training.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { resolveBackbone } from '../../src/zoo/index.ts';
import { jobOf, paintedDataset, rememberingHost } from '../support/training-fixture.ts';

let folder: string;
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-heads-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('heads on a frozen backbone', () => {
  it('see pictures at the configured size, one head a fold, and are judged out of fold', async () => {
    const dataset = await paintedDataset(folder, { perClass: 10, side: 64 });
    const backbone = await resolveBackbone('efficientnet_lite0', join(folder, 'zoo'));
    const config = resolveConfig({ preset: 'quick', set: ['model.inputSize=64'] });
    const job = await jobOf(folder, dataset, config, [backbone]);
    const result = await runTraining(job, rememberingHost());
    const { model } = await readModelFolder(job.runFolder);
    expect(model.preprocessing).toEqual({ ...backbone.preprocessing, inputSize: 64 });
    expect(model.members.map(({ sha256 }) => sha256)).toEqual(result.members.map(({ sha256 }) => sha256));
    expect(result.members).toHaveLength(5);
    expect(result.ensemble).toMatchObject({ split: 'outOfFold', n: result.split.train });
    expect(result.test).toMatchObject({ split: 'test', n: result.split.test });
    expect(result.split.train + result.split.test).toBe(30);
    // Chance is a third.
    expect(result.ensemble.accuracy).toBeGreaterThan(0.5);
  });
});
