import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomStream, shuffle } from '../../src/base/random.ts';
import { scanFolder } from '../../src/data/scan-folder.ts';
import { resolveConfig } from '../../src/settings/resolve-config.ts';
import { runTraining } from '../../src/runs/run-training.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import { sharedData } from '../support/shared.ts';
import type { Bench } from './bench.ts';
import { quickFeatures, quickJob, quietHost, type QuickFeatures } from './quick-features.ts';
import { inWorkFolder } from './work-folder.ts';

const draws = 20;
const perClass = 40;

interface Draw {
  readonly trained: number;
  readonly others: number;
  readonly low: number;
  readonly high: number;
  readonly outOfFold: number;
  readonly accuracyOnOthers: number;
}

/**
 * How often, of 20 draws of 200 flowers, the interval that `quick` tells for its out-of-fold accuracy holds the accuracy on
 * the other 800. Each draw is a whole run of the product; the others are its test part, which nothing but the last line of a
 * run reads. Features, equal in all draws, are put into the cache beforehand.
 */
export const intervalCoverage: Bench = {
  name: 'interval-coverage',
  pictures: ['flowers-1000'],
  async run() {
    const results: Draw[] = [];
    await inWorkFolder(async (workspace) => {
      const dataset = await scanFolder(join(sharedData!, 'flowers-1000'));
      const config = resolveConfig({ preset: 'quick' });
      const all = [...dataset.pictures.keys()];
      const features = await quickFeatures(await quickJob(dataset, config, workspace), all);
      for (let seed = 0; seed < draws; seed++) {
        const drawn = withRoles(dataset, drawPictures(dataset, seed));
        const job = await quickJob(drawn, resolveConfig({ preset: 'quick', set: [`seed=${seed}`] }), workspace);
        await putIntoCache(features, drawn);
        const runFolder = join(workspace, 'runs', `draw-${seed}`);
        await mkdir(runFolder, { recursive: true });
        const { ensemble, test } = await runTraining({ ...job, runId: `draw-${seed}`, runFolder }, quietHost);
        results.push({
          trained: ensemble.n,
          others: test!.n,
          low: ensemble.low,
          high: ensemble.high,
          outOfFold: ensemble.accuracy,
          accuracyOnOthers: test!.accuracy,
        });
      }
    });
    const covered = results.filter(({ low, high, accuracyOnOthers: a }) => low <= a && a <= high).length;
    return {
      name: 'interval-coverage',
      ours: covered,
      peer: null,
      peerName: null,
      ratio: null,
      unit: `of ${draws} draws`,
      peakMemoryBytes: null,
      peerPeakMemoryBytes: null,
      details: { draws: results },
    };
  },
};

/** `perClass` pictures of each class; near duplicates of a drawn one would leave the pool, so whole groups are drawn. */
function drawPictures({ classes, pictures }: Dataset, seed: number): Set<number> {
  const drawn = new Set<number>();
  classes.forEach((_, label) => {
    const own = pictures.flatMap((picture, index) => (picture.label === label ? [index] : []));
    const groups = new Map<number, number[]>();
    for (const index of own) groups.set(pictures[index]!.group, [...(groups.get(pictures[index]!.group) ?? []), index]);
    let count = 0;
    for (const group of shuffle([...groups.values()], randomStream(seed, 'draw', label))) {
      if (count + group.length > perClass) continue;
      for (const index of group) drawn.add(index);
      count += group.length;
    }
  });
  return drawn;
}

function withRoles(dataset: Dataset, drawn: ReadonlySet<number>): Dataset {
  const pictures = dataset.pictures.map((picture, index) => ({
    ...picture,
    given: drawn.has(index) ? ('train' as const) : ('test' as const),
  }));
  return { ...dataset, pictures };
}

async function putIntoCache({ rows, width, pathOf }: QuickFeatures, { pictures }: Dataset): Promise<void> {
  for (const part of ['train', 'test']) {
    const members = pictures.flatMap(({ given }, index) => (given === part ? [index] : []));
    const own = new Float32Array(members.length * width);
    members.forEach((index, row) => own.set(rows.subarray(index * width, (index + 1) * width), row * width));
    await writeFile(pathOf(members), new Uint8Array(own.buffer));
  }
}
