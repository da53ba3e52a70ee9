import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { readModelFolder } from '../../src/ensemble/model-folder.ts';
import { predictFiles } from '../../src/ensemble/predict-files.ts';
import { runTraining } from '../../src/runs/run-training.ts';
import { exportModel } from '../../src/export/export-model.ts';
import { openModel } from '../../src/export/open-model.ts';
import type { ModelFiles } from '../../src/ensemble/model-folder.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { readSafetensors } from '../../src/weights/safetensors.ts';
import { resolveBackbone } from '../../src/zoo/index.ts';
import { jobOf, paintedDataset, rememberingHost } from '../support/training-fixture.ts';

let folder: string;
let dataset: Dataset;
beforeAll(async () => {
  await loadRuntime();
  folder = await mkdtemp(join(tmpdir(), 'anneal-test-'));
  // Larger than no network's square, so that every path has to resize.
  dataset = await paintedDataset(folder, { perClass: 8, side: 90 });
  return () => rm(folder, { recursive: true, force: true });
});

interface Stored {
  readonly pictures: Int32Array;
  readonly members: ReadonlyMap<string, Float32Array>;
}

async function trainAndReadStored(runId: string, preset: 'quick' | 'scratch', set: string[]): Promise<Stored> {
  const config = resolveConfig({ preset, set: ['data.testFraction=0.3', ...set] });
  const backbones = preset === 'quick' ? [await resolveBackbone('efficientnet_lite0', join(folder, 'zoo'))] : [];
  await runTraining(await jobOf(folder, dataset, config, backbones, runId), rememberingHost());
  const { tensors } = await readSafetensors(join(folder, 'runs', runId, 'predictions', 'test.safetensors'));
  const members = [...tensors].filter(([name]) => !name.startsWith('#'));
  return {
    pictures: tensors.get('#pictures')!.data as Int32Array,
    members: new Map(members.map(([name, { data }]) => [name, data as Float32Array])),
  };
}

/** Largest difference between what was stored and what the model answers from the picture files themselves. */
async function largestDifference(stored: Stored, files: ModelFiles): Promise<number> {
  let largest = 0;
  const names = files.model.members.filter(({ weight }) => weight > 0).map(({ name }) => name);
  const { problems } = await predictFiles({
    files,
    paths: [...stored.pictures].map((picture) => join(dataset.root, dataset.pictures[picture]!.path)),
    onAnswer({ index, members }) {
      members.forEach((answer, i) =>
        answer.forEach((value, c) => {
          largest = Math.max(largest, Math.abs(value - stored.members.get(names[i]!)![index * answer.length + c]!));
        }),
      );
    },
    onProgress: () => undefined,
    between: () => Promise.resolve(),
  });
  expect(problems).toEqual([]);
  return largest;
}

describe('prediction', () => {
  it.each([
    ['quick', []],
    [
      'scratch',
      ['schedule.cycleEpochs=1', 'schedule.numCycles=2', 'data.batchSize=4', 'schedule.maxLearningRate=0.01'],
    ],
  ] as const)(
    'equals the stored evaluation, caches cold and warm, from the run and from its bundle: %s',
    async (preset, set) => {
      const cold = await trainAndReadStored(`${preset}-cold`, preset, [...set]);
      expect(cold.pictures.length).toBeGreaterThanOrEqual(6);
      const warm = await trainAndReadStored(`${preset}-warm`, preset, [...set]);
      expect(warm).toEqual(cold);

      const run = join(folder, 'runs', `${preset}-cold`);
      expect(await largestDifference(cold, await readModelFolder(run))).toBeLessThan(1e-4);
      const path = join(folder, `${preset}.anneal`);
      const pictures = [...cold.pictures].map((picture) => join(dataset.root, dataset.pictures[picture]!.path));
      await exportModel({
        model: { kind: 'run', runId: '', folder: run },
        format: 'bundle',
        path,
        run: null,
        pictures,
        versions: {},
      });
      expect(await largestDifference(cold, await openModel({ kind: 'bundle', path }))).toBeLessThan(1e-4);
    },
  );
});
