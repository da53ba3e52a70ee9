import * as v from 'valibot';
import { initialise } from '../nn/init.ts';
import type { DatasetIndex } from '../protocol/dataset.ts';
import { storedKind } from '../stored/kind.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { extractFeatures } from './extract-features.ts';
import { rowsForSolver, type FeatureCache } from './feature-cache.ts';
import { fitHead } from './head/fit-head.ts';
import { foldChoice } from './head/fold-choice.ts';
import type { Head } from './head/head.ts';
import { headLogits, logPriors, shrunkHead, wantedShare } from './head/shrink-head.ts';
import { headParameters, headTensors, type Network } from './network.ts';
import type { RunContext } from './run-context.ts';
import { stage } from './stage.ts';

/** What a head is fitted on. */
export interface HeadTask {
  /** Pictures whose features are extracted, the same for every head of a run, so that they share one cache. */
  readonly pool: readonly DatasetIndex[];
  /** Those of them that the head is fitted on. */
  readonly training: readonly DatasetIndex[];
  readonly labelOf: (picture: DatasetIndex) => number;
  readonly l2: number;
  /**
   * What says how much of the head training starts from: pictures of the pool outside the training, or folds of the training pictures.
   * Default: nothing, and training starts from the head as it is.
   */
  readonly heldOut?:
    { readonly pictures: readonly DatasetIndex[] } | { readonly foldOf: (picture: DatasetIndex) => number };
  /** Names a stage of the run that keeps how much it was, and tells of it once; default: neither. */
  readonly stage?: string;
}

const shareKind = storedKind('stage', v.object({ share: v.number() }));
/** Of a head of which held-out pictures want less than this, the run says so. */
const worthTelling = 0.5;

/**
 * The head that fine-tuning starts from, as `tune.headStart` says: fitted, or seeded random values. The caller disposes it.
 */
export async function startingHead(
  context: RunContext,
  network: Network,
  task: HeadTask,
): Promise<Record<string, Tensor>> {
  const { spec } = network;
  const { tune, seed } = context.job.config;
  if (tune.headStart === 'fitted') return fittedHead(context, network, task);
  const names = Object.values(headParameters(spec));
  return initialise(spec, seed, { only: ({ name }) => names.includes(name) });
}

/**
 * Solves the network's head on the frozen features of the training pictures, so that fine-tuning starts from a head that already reads
 * the features well, and weakens it as far as held-out pictures want: a head that is too sure of itself has steps so large that they
 * destroy what lies below. Returns the head's tensors by name; the caller disposes them.
 */
async function fittedHead(context: RunContext, network: Network, task: HeadTask): Promise<Record<string, Tensor>> {
  const { spec } = network;
  const { pool, training, labelOf, l2 } = task;
  const request = { network, to: spec.feature, pictures: pool, view: null };
  const cache = await context.timed('features', () => extractFeatures(context, request));
  const rowOf = new Map(pool.map((picture, row) => [picture, row]));
  const rows = Int32Array.from(training, (picture) => rowOf.get(picture)!);
  const labels = Int32Array.from(training, labelOf);
  const data = { features: await rowsForSolver(cache, rows), labels, classes: spec.classes };
  const head = await fitHead({ ...data, l2 });
  const priors = logPriors(labels, spec.classes);
  const find = async () => wantedShare(await heldOutLogits(task, cache, head, data), priors);
  const share = task.stage === undefined ? await find() : await toldShare(context, task.stage, find);
  await cache.close();
  return headTensors(network, shrunkHead(head, share, priors));
}

/** Keeps the share in a stage, so that a resumed run tells it no second time. */
async function toldShare(context: RunContext, key: string, find: () => Promise<number>): Promise<number> {
  const { value } = await stage(context.job.runFolder, key, shareKind, async () => {
    const share = await find();
    if (share < worthTelling) context.diagnose({ code: 'train.headTooSure', params: { share } });
    return { value: { share }, tensors: {} };
  });
  return value.share;
}

type Solved = Omit<Parameters<typeof fitHead>[0], 'l2'>;

/** Logits for pictures that the head which gives them did not see; of the folds' heads, which are solved with the same λ. */
async function heldOutLogits(task: HeadTask, cache: FeatureCache, head: Head, data: Solved) {
  const { pool, training, labelOf, l2, heldOut = { pictures: [] } } = task;
  const { classes } = data;
  const rowOf = new Map(pool.map((picture, row) => [picture, row]));
  const asked = async (from: Head, pictures: readonly DatasetIndex[]) => {
    const rows = Int32Array.from(pictures, (picture) => rowOf.get(picture)!);
    if (rows.length === 0) return new Float32Array(0);
    return headLogits(from, await rowsForSolver(cache, rows), rows.length);
  };
  if ('pictures' in heldOut)
    return { logits: await asked(head, heldOut.pictures), labels: heldOut.pictures.map(labelOf) };
  const folds = [...new Set(training.map(heldOut.foldOf))].sort((a, b) => a - b);
  const members = folds.map((fold) => training.filter((picture) => heldOut.foldOf(picture) === fold));
  const foldOf = training.map((picture) => folds.indexOf(heldOut.foldOf(picture)));
  const { heads } = await foldChoice({ ...data, foldOf, l2Grid: [l2] });
  const logits = new Float32Array(training.length * classes);
  let start = 0;
  for (const [fold, pictures] of members.entries()) {
    logits.set(await asked(heads[fold]!, pictures), start * classes);
    start += pictures.length;
  }
  return { logits, labels: members.flat().map(labelOf) };
}

/** The network with that head in place of what it had; the old head's tensors are freed. */
export function withHead(network: Network, head: Record<string, Tensor>): Network {
  for (const name of Object.keys(head)) tf.dispose(network.params[name] ?? []);
  return { ...network, params: { ...network.params, ...head } };
}
