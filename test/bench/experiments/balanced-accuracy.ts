/**
 * Preset `balanced` against the same recipe in PyTorch and timm (../peers/balanced_recipe.py): equal pictures in every part,
 * equal head strength, layer groups, rates, cycles and kind of augmentation; each with its own random numbers.
 * Run: tsx test/bench/experiments/balanced-accuracy.ts DATA_FOLDER... [--seeds 3] [--threads 2] [--set key=value]...
 * One JSON line a data set and seed, then one a data set.
 */
import { writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeSplit } from '../../../src/data/make-split.ts';
import { scanFolder } from '../../../src/data/scan-folder.ts';
import { resolveConfig } from '../../../src/settings/resolve-config.ts';
import { accuracyFromCount } from '../../../src/metrics/accuracy-of.ts';
import { wilsonInterval } from '../../../src/metrics/wilson-interval.ts';
import type { Dataset } from '../../../src/protocol/dataset.ts';
import type { RunResult } from '../../../src/protocol/run-event.ts';
import type { TrainConfig } from '../../../src/settings/train-config.ts';
import { fineTuneInputSize } from '../../../src/models/input-size.ts';
import { buildNet } from '../../../src/models/index.ts';
import { anneal, resultOf, type JsonLine } from '../anneal-process.ts';
import { runPeer } from '../peer-python.ts';
import { inWorkFolder } from '../work-folder.ts';

const weights = resolve(import.meta.dirname, '../../../pretrained/efficientnet_lite0.safetensors');

interface PeerResult {
  readonly accuracy: number;
  readonly correct: number;
  readonly n: number;
  readonly head: number;
  readonly snapshots: readonly number[];
  readonly seconds: number;
}

interface Ours {
  readonly result: RunResult;
  readonly l2: number;
  /** What the run ended with: fine-tuned snapshots or, where they were no better on the folds, the frozen heads. */
  readonly arm: 'snapshots' | 'heads';
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seeds: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    set: { type: 'string', multiple: true, default: [] },
  },
});
if (positionals.length === 0)
  throw new Error('usage: balanced-accuracy.ts DATA_FOLDER... [--seeds 3] [--threads 2] [--set key=value]');

for (const folder of positionals) {
  const dataset = await scanFolder(resolve(folder));
  const pairs: { ours: RunResult; peer: PeerResult }[] = [];
  for (let seed = 0; seed < Number(values.seeds); seed++) {
    const config = { ...resolveConfig({ preset: 'balanced', set: values.set }), seed };
    const { result, l2, arm } = await runOurs(folder, seed);
    const peer = await runRecipe(dataset, config, l2);
    pairs.push({ ours: result, peer });
    console.log(JSON.stringify(lineOf(folder, seed, { result, l2, arm }, peer)));
  }
  console.log(JSON.stringify(summaryOf(folder, pairs)));
}

function runOurs(folder: string, seed: number): Promise<Ours> {
  return inWorkFolder(async (out) => {
    const sets = values.set.flatMap((setting) => ['--set', setting]);
    const args = ['train', resolve(folder), '--preset', 'balanced', '--seed', String(seed), '--out', out, ...sets];
    const lines = await anneal(args);
    const chosen = lines.find((line: JsonLine) => line.type === 'backboneCompared' && line['chosen'] === true);
    const result = resultOf<RunResult>(lines);
    const arm = result.members.some(({ name }) => name.startsWith('fold')) ? 'heads' : 'snapshots';
    return { result, l2: chosen!['l2'] as number, arm };
  });
}

/** The peer trains on what ours trained its last networks on: where folds choose, that is everything but the test part. */
async function runRecipe(dataset: Dataset, config: TrainConfig, l2: number): Promise<PeerResult> {
  const split = makeSplit(dataset, { ...config.data, seed: config.seed });
  const inside = split.train.length + split.validation.length;
  const train = inside < config.data.foldChoiceBelow ? [...split.train, ...split.validation] : split.train;
  const sides = train.map((index) => Math.min(dataset.pictures[index]!.width, dataset.pictures[index]!.height));
  const { preprocessing } = buildNet('tf_efficientnet_lite0');
  const rows = (part: readonly number[]) =>
    part.map((index) => [dataset.pictures[index]!.path, dataset.pictures[index]!.label]);
  return askPeer({
    weights,
    root: dataset.root,
    classes: dataset.classes,
    train: rows(train),
    test: rows(split.test),
    inputSize: config.model.inputSize ?? fineTuneInputSize(preprocessing, sides),
    batchSize: config.data.batchSize,
    seed: config.seed,
    threads: Number(values.threads),
    l2,
    config,
  });
}

function askPeer(job: Record<string, unknown>): Promise<PeerResult> {
  return inWorkFolder(async (folder) => {
    const file = join(folder, 'job.json');
    await writeFile(file, JSON.stringify(job));
    return (await runPeer<PeerResult>('balanced_recipe.py', [file])).result;
  });
}

function lineOf(folder: string, seed: number, { result, l2, arm }: Ours, peer: PeerResult) {
  return {
    dataset: basename(resolve(folder)),
    seed,
    ours: result.test,
    arm,
    oursHeldOut: result.ensemble,
    members: result.members.map(({ accuracy }) => accuracy),
    oursSeconds: result.timings.total,
    l2,
    peer: accuracyFromCount(peer.correct, peer.n, 'test'),
    peerHead: peer.head,
    peerSnapshots: peer.snapshots,
    peerSeconds: peer.seconds,
    differencePoints: points(result.test!.accuracy - peer.accuracy),
  };
}

/** Means over the seeds; the intervals take the test pictures once, however many seeds judged them. */
function summaryOf(folder: string, pairs: readonly { ours: RunResult; peer: PeerResult }[]) {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const { n } = pairs[0]!.peer;
  const ours = mean(pairs.map((pair) => pair.ours.test!.accuracy));
  const peer = mean(pairs.map((pair) => pair.peer.accuracy));
  return {
    dataset: basename(resolve(folder)),
    seeds: pairs.length,
    n,
    ours,
    oursInterval: wilsonInterval(ours * n, n),
    peer,
    peerInterval: wilsonInterval(peer * n, n),
    differencePoints: points(ours - peer),
    differences: pairs.map((pair) => points(pair.ours.test!.accuracy - pair.peer.accuracy)),
  };
}

function points(fraction: number): number {
  return Math.round(fraction * 10_000) / 100;
}
