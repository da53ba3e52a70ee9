import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { TrainConfig } from '../../src/settings/train-config.ts';
import type { BackboneFile } from '../../src/protocol/train-job.ts';
import { runTraining } from '../../src/runs/run-training.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { RunContext } from '../../src/train/run-context.ts';
import { tinyBackbone } from '../support/tiny-backbone.ts';
import { jobOf, paintedDataset, rememberingHost } from '../support/training-fixture.ts';

let folder: string;
let dataset: Dataset;
let backbone: BackboneFile;
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-trials-'));
  dataset = await paintedDataset(folder, { perClass: 10 });
  backbone = await tinyBackbone(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const shortly = ['schedule.cycleEpochs=1', 'schedule.numCycles=2', 'data.batchSize=8', 'data.testFraction=0.3'];
const regimes: [string, () => TrainConfig][] = [
  ['heads', () => resolveConfig({ preset: 'quick', set: ['data.testFraction=0.3', 'model.inputSize=32'] })],
  [
    'fine-tuning judged by folds',
    () => resolveConfig({ preset: 'balanced', set: [...shortly, 'model.inputSize=32', 'data.folds=3'] }),
  ],
  [
    'fine-tuning judged by a validation part',
    () => resolveConfig({ preset: 'balanced', set: [...shortly, 'model.inputSize=32', 'data.foldChoiceBelow=0'] }),
  ],
  ['random weights', () => resolveConfig({ preset: 'scratch', set: shortly })],
];

describe('a trial', () => {
  it.each(regimes)(
    'finishes with unreadable test pictures, as a run does that reads them: %s',
    async (name, configure) => {
      const config = configure();
      const backbones = config.model.pretrained ? [backbone] : [];
      const place = join(folder, name.replaceAll(' ', '-'));
      const whole = await runTraining(await jobOf(join(place, 'run'), dataset, config, backbones), rememberingHost());
      expect(whole.test!.n).toBeGreaterThanOrEqual(6);

      // The same pictures in another folder, those of the test part broken: whoever looks at one stumbles.
      const again = await paintedDataset(place, { perClass: 10 });
      expect(again.pictures.map(({ sha256 }) => sha256)).toEqual(dataset.pictures.map(({ sha256 }) => sha256));
      const job = await jobOf(join(place, 'trial'), again, config, backbones);
      const { test } = new RunContext(job, rememberingHost()).split;
      for (const index of test) await writeFile(join(again.root, again.pictures[index]!.path), 'no picture');
      const host = rememberingHost();
      const result = await runTraining({ ...job, purpose: 'trial' }, host);

      expect(result.problems).toEqual([]);
      expect(result.test).toBeNull();
      expect(result.split).toEqual(whole.split);
      expect(result.members).toEqual(whole.members);
      expect(result.ensemble).toEqual(whole.ensemble);
      expect(existsSync(join(job.runFolder, 'predictions', 'test.safetensors'))).toBe(false);
      const seen = again.pictures.length - test.length;
      const decoded = host.events.flatMap((event) =>
        event.type === 'phaseProgressed' && event.phase === 'cache' ? [event.total] : [],
      );
      expect(new Set(decoded)).toEqual(new Set([seen]));
      const extracted = host.events.flatMap((event) =>
        event.type === 'phaseProgressed' && event.phase === 'features' ? [event.total] : [],
      );
      expect(Math.max(0, ...extracted)).toBeLessThanOrEqual(seen);
      // A run has one feature file more, that of the test part.
      const files = async (kind: string) =>
        (await readdir(join(place, kind, 'cache', 'features')).catch(() => [])).length;
      if (config.model.pretrained) expect(await files('trial')).toBeLessThan(await files('run'));
    },
  );

  it('would stumble over them, were it a run', async () => {
    const place = join(folder, 'stumbles');
    const again = await paintedDataset(place, { perClass: 10 });
    const config = resolveConfig({ preset: 'quick', set: ['data.testFraction=0.3', 'model.inputSize=32'] });
    const job = await jobOf(place, again, config, [backbone]);
    const { test } = new RunContext(job, rememberingHost()).split;
    for (const index of test) await writeFile(join(again.root, again.pictures[index]!.path), 'no picture');
    const result = await runTraining(job, rememberingHost());
    expect(result.problems).toHaveLength(test.length);
  });
});
