import type { DatasetIndex } from '../protocol/dataset.ts';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { decodeTarget, resizeDefinition } from '../data/decode-picture.ts';
import { baseArchitecture } from '../models/rewrites.ts';
import { outputShapes } from '../models/shapes.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { compile } from '../tensor/compile.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { BatchPosition } from './batch-source.ts';
import { openFeatureCache, type FeatureCache } from './feature-cache.ts';
import { toTensors } from './host-input.ts';
import type { Network } from './network.ts';
import { PictureSource } from './picture-source.ts';
import type { RunContext } from './run-context.ts';
import { frozenTrunk, type Trunk } from './trunk.ts';

/** One augmented view a picture, drawn once and kept (offline augmentation). View 0 is the picture itself. */
interface CachedView {
  readonly index: number;
  readonly augment: TrainConfig['augment'];
}

export interface FeatureRequest {
  readonly network: Network;
  /** Node whose output is wanted; everything up to it is frozen. */
  readonly to: string;
  /** Indices into the dataset; row i belongs to pictures[i]. */
  readonly pictures: readonly DatasetIndex[];
  readonly view: CachedView | null;
}

/** Pictures a trace takes at once. */
const batchSize = 32;

/** Features of pictures at node `to` in inference mode, from the cache on disk or computed into it. */
export async function extractFeatures(context: RunContext, request: FeatureRequest): Promise<FeatureCache> {
  const { network, to, pictures, view } = request;
  const { preprocessing } = network.spec;
  const trace = JSON.stringify([network.origin, baseArchitecture(network.spec), to, preprocessing, view?.augment]);
  const cache = await openFeatureCache({
    folder: join(context.job.workspace, 'cache', 'features'),
    key: featureKey(context, request),
    rows: pictures.length,
    shape: [...outputShapes(network.spec).get(to)!],
    chunkRows: batchSize,
    produce: async (start, count) => {
      const extraction = await context.lastOpened(trace, () => openExtraction(context, request));
      const position = { branch: view?.index ?? 0, epoch: 0, batch: start / batchSize };
      return extraction.features(pictures.slice(start, start + count), position);
    },
    onProgress: context.progress('features'),
    between: (keep) => context.breathe(keep),
  });
  context.closeAtEnd(cache);
  return cache;
}

/** Changes with everything the features depend on: weights, boundary, preprocessing, resize, files, view. */
export function featureKey(context: RunContext, { network, to, pictures, view }: FeatureRequest): string {
  const { preprocessing } = network.spec;
  const hash = createHash('sha256');
  hash.update(JSON.stringify(['features 1', network.origin, baseArchitecture(network.spec), to, preprocessing]));
  hash.update(JSON.stringify([resizeDefinition(preprocessing), decodeTarget(preprocessing)]));
  if (view) hash.update(JSON.stringify([view.index, view.augment, context.job.config.seed]));
  for (const picture of pictures) hash.update(context.job.dataset.pictures[picture]!.sha256);
  return hash.digest('hex').slice(0, 40);
}

/** The compiled trunk, and the pictures it reads. */
interface Extraction {
  features(pictures: readonly DatasetIndex[], position: BatchPosition): Promise<Float32Array>;
  close(): Promise<void>;
}

async function openExtraction(
  context: RunContext,
  { network, to, view, pictures: [example] }: FeatureRequest,
): Promise<Extraction> {
  const { preprocessing } = network.spec;
  const trunk: Trunk = frozenTrunk(network, to);
  const source = new PictureSource({
    cache: await context.openPictures(preprocessing),
    preprocessing,
    augment: view?.augment ?? null,
    seed: context.job.config.seed,
    trunk,
  });
  const inputs = toTensors(await source.training([example!], { branch: 0, epoch: 0, batch: 0 }));
  const compiled = compile<Record<string, Tensor>, { features: Tensor }, Record<string, Tensor>>({
    name: 'frozen features',
    inputs,
    batched: Object.keys(inputs),
    constants: source.constants,
    fn: (images, constants) => ({ features: source.trainingActivations(images, constants) }),
  });
  tf.dispose([inputs, trunk.constants]);
  return {
    async features(pictures, position) {
      const padded = Array.from({ length: batchSize }, (_, i) => pictures[i] ?? pictures[0]!);
      const batch = toTensors(await source.training(padded, position));
      const { features } = compiled.run(batch);
      const values = (await features.data()) as Float32Array;
      tf.dispose([features, ...Object.values(batch)]);
      return values;
    },
    close() {
      compiled.dispose();
      return Promise.resolve();
    },
  };
}
