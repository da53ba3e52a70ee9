import { initialise } from '../nn/init.ts';
import type { DatasetIndex } from '../protocol/dataset.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { extractFeatures } from './extract-features.ts';
import { rowsForSolver } from './feature-cache.ts';
import { fitHead } from './head/fit-head.ts';
import { headParameters, headTensors, type Network } from './network.ts';
import type { RunContext } from './run-context.ts';

/** What a head is fitted on. */
export interface HeadTask {
  /** Pictures whose features are extracted, the same for every head of a run, so that they share one cache. */
  readonly pool: readonly DatasetIndex[];
  /** Those of them that the head is fitted on. */
  readonly training: readonly DatasetIndex[];
  readonly labelOf: (picture: DatasetIndex) => number;
  readonly l2: number;
}

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
 * the features well. Returns the head's tensors by name; the caller disposes them.
 */
async function fittedHead(
  context: RunContext,
  network: Network,
  { pool, training, labelOf, l2 }: HeadTask,
): Promise<Record<string, Tensor>> {
  const { spec } = network;
  const request = { network, to: spec.feature, pictures: pool, view: null };
  const cache = await context.timed('features', () => extractFeatures(context, request));
  const rowOf = new Map(pool.map((picture, row) => [picture, row]));
  const rows = Int32Array.from(training, (picture) => rowOf.get(picture)!);
  const head = await fitHead({
    features: await rowsForSolver(cache, rows),
    labels: Int32Array.from(training, labelOf),
    classes: spec.classes,
    l2,
  });
  await cache.close();
  return headTensors(network, head);
}

/** The network with that head in place of what it had; the old head's tensors are freed. */
export function withHead(network: Network, head: Record<string, Tensor>): Network {
  for (const name of Object.keys(head)) tf.dispose(network.params[name] ?? []);
  return { ...network, params: { ...network.params, ...head } };
}
