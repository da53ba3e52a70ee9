/**
 * Recipes of fine-tuning beside each other, on held-out pictures alone: every run is a trial, which never looks at the test part. Each
 * result is kept in WORK, so that an interrupted call goes on where it stopped.
 * Run: tsx test/bench/experiments/recipes.ts WORK DATA_FOLDER... [--recipes mild,strong] [--seeds 0,1,2] [--threads 2]
 * One JSON line a recipe, data set and seed: accuracy and log loss, at the best temperature, of every snapshot and of their mean.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { accuracyOf } from '../../../src/metrics/accuracy-of.ts';
import { averageProbabilities } from '../../../src/metrics/average-probabilities.ts';
import { atBestTemperature } from '../../../src/metrics/better-than.ts';
import { logLoss } from '../../../src/metrics/log-loss.ts';
import type { RunResult } from '../../../src/protocol/run-event.ts';
import { writeFileAtomic } from '../../../src/weights/atomic-file.ts';
import { readMembers } from '../../../src/weights/members-file.ts';
import { readHeldOut, readMemberPredictions } from '../../../src/weights/prediction-files.ts';
import { anneal, resultOf } from '../anneal-process.ts';

const common = [
  'optimizer.name=adamw',
  'optimizer.weightDecay=0.01',
  'optimizer.clipNorm=1',
  'tune.layerDecay=0.8',
  'augment.mode=online',
  'augment.cropMinScale=0.35',
  'augment.brightness=0.2',
  'augment.contrast=0.2',
  'loss.labelSmoothing=0.1',
  'data.foldChoiceBelow=10',
  'ensemble.selection=all',
];
const cycles = (count: number, epochs: number) => [`schedule.numCycles=${count}`, `schedule.cycleEpochs=${epochs}`];
const peak = (rate: number) => `schedule.maxLearningRate=${rate}`;

/** What differs from `common`. */
const recipes: Readonly<Record<string, readonly string[]>> = {
  mild: ['tune.regime=all', peak(0.0003), ...cycles(1, 3)],
  strong: ['tune.regime=all', peak(0.001), ...cycles(1, 3)],
  upper: ['tune.regime=upper', peak(0.001), ...cycles(1, 3)],
  twice: ['tune.regime=all', peak(0.0005), ...cycles(2, 2)],
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    recipes: { type: 'string', default: Object.keys(recipes).join(',') },
    seeds: { type: 'string', default: '0' },
    threads: { type: 'string', default: '2' },
  },
});
const [work, ...folders] = positionals;
if (work === undefined || folders.length === 0)
  throw new Error('usage: recipes.ts WORK DATA_FOLDER... [--recipes mild,strong] [--seeds 0,1,2] [--threads 2]');

for (const name of values.recipes.split(','))
  for (const folder of folders.map((path) => resolve(path)))
    for (const seed of values.seeds.split(',')) console.log(await outcomeOf(name, folder, seed));

async function outcomeOf(name: string, folder: string, seed: string): Promise<string> {
  const place = join(work!, `${name}-${basename(folder)}-${seed}`);
  const file = join(place, 'outcome.json');
  if (existsSync(file)) return readFile(file, 'utf8');
  await mkdir(place, { recursive: true });
  const set = [...common, ...recipes[name]!].flatMap((one) => ['--set', one]);
  const args = ['train', folder, '--trial', '--preset', 'balanced', '--seed', seed, '--threads', values.threads];
  // A trial's snapshots are kept even where the heads stay in the end.
  let runId = '';
  const snapshots: unknown[] = [];
  const lines = await anneal([...args, ...set, '--out', place], (line) => {
    if (line.type === 'runQueued') runId = line['runId'] as string;
    if (line.type === 'snapshotSaved') snapshots.push(line['snapshot']);
  });
  const { ensemble, selected, timings } = resultOf<RunResult>(lines);
  const figures = await figuresOf(join(place, 'runs', runId));
  const told = { recipe: name, dataset: basename(folder), seed: Number(seed), ensemble, selected, ...figures };
  const outcome = JSON.stringify({ ...told, snapshots, seconds: timings.total });
  await writeFileAtomic(file, outcome);
  return outcome;
}

/** Of the members that a run ended with, and of their mean, on the run's held-out pictures. */
async function figuresOf(runFolder: string) {
  const heldOut = (await readHeldOut(runFolder))!;
  const { labels, split } = heldOut;
  const members: Float32Array[] = [];
  for (const member of await readMembers(runFolder)) {
    const found = await readMemberPredictions(runFolder, member);
    if (found) members.push(found);
  }
  const all = members.length > 0 ? members : [heldOut.byFolds!.probabilities];
  const classes = all[0]!.length / labels.length;
  const of = (probabilities: Float32Array) => ({
    accuracy: accuracyOf(probabilities, labels, classes, split).accuracy,
    logLoss: logLoss(atBestTemperature(probabilities, labels), labels),
  });
  return { members: all.map(of), mean: of(averageProbabilities(all)) };
}
