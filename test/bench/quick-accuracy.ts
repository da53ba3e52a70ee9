import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { scanFolder } from '../../src/data/scan-folder.ts';
import { makeSplit } from '../../src/data/make-split.ts';
import { sharedData } from '../support/shared.ts';
import type { Bench } from './bench.ts';
import { runPeer } from './peer-python.ts';
import { quickFeatures, quickJob } from './quick-features.ts';
import { watchedTraining } from './watched-training.ts';
import { inWorkFolder } from './work-folder.ts';

const names = ['hymenoptera', 'flowers-1000', 'tiny-imagenet-20'];

/**
 * Test accuracy of `quick` beside scikit-learn's LogisticRegressionCV on the same features, mean of three folders. Each is
 * trained twice in one workspace: with cold caches and with warm ones.
 */
export const quickAccuracy: Bench = {
  name: 'quick-accuracy',
  pictures: names,
  async run() {
    const folders = [];
    for (const name of names) folders.push(await inWorkFolder((work) => accuracyOn(name, work)));
    const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    const ours = mean(folders.map(({ accuracy }) => accuracy));
    const peer = mean(folders.map(({ peerAccuracy }) => peerAccuracy));
    return {
      name: 'quick-accuracy',
      ours,
      peer,
      peerName: 'scikit-learn LogisticRegressionCV on the same features',
      ratio: ours / peer,
      unit: 'accuracy',
      peakMemoryBytes: Math.max(...folders.map(({ peakMemoryBytes }) => peakMemoryBytes)),
      peerPeakMemoryBytes: Math.max(...folders.map(({ peerPeakMemoryBytes }) => peerPeakMemoryBytes)),
      details: { folders },
    };
  },
};

async function accuracyOn(name: string, work: string) {
  const data = join(sharedData!, name);
  const workspace = join(work, 'workspace');
  const args = [data, '--preset', 'quick', '--out', workspace];
  const cold = await watchedTraining(args);
  const warm = await watchedTraining(args);
  const width = await exportFeatures(data, workspace, work);
  const l2 = resolveConfig({ preset: 'quick' }).tune.l2Grid.map(String);
  const peer = await runPeer<{ test: number }>('logistic_cv.py', [work, String(width), '--l2', ...l2]);
  const { accuracy, n } = cold.result.test!;
  return {
    name,
    accuracy,
    n,
    peerAccuracy: peer.result.test,
    secondsCold: cold.secondsWithStartUp,
    secondsWarm: warm.secondsWithStartUp,
    peakMemoryBytes: cold.peakMemoryBytes,
    peerPeakMemoryBytes: peer.peakMemoryBytes,
  };
}

/** Features and labels of both parts as the run had them; gives the features' width. */
async function exportFeatures(data: string, workspace: string, folder: string): Promise<number> {
  const dataset = await scanFolder(data);
  const config = resolveConfig({ preset: 'quick' });
  const job = await quickJob(dataset, config, workspace);
  const split = makeSplit(dataset, { seed: config.seed, ...config.data });
  const train = [...split.train, ...split.validation].sort((a, b) => a - b);
  let width = 0;
  for (const [part, pictures] of [
    ['train', train],
    ['test', split.test],
  ] as const) {
    const features = await quickFeatures(job, pictures);
    width = features.width;
    await writeFile(join(folder, `${part}.f32`), features.rows);
    await writeFile(
      join(folder, `${part}.i32`),
      Int32Array.from(pictures, (index) => dataset.pictures[index]!.label),
    );
  }
  return width;
}
