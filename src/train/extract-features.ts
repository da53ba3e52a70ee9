import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { decodeTarget, resizeDefinition } from '../data/decode-picture.ts';
import { forward } from '../nn/forward.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import { compile } from '../tensor/compile.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import { openFeatureCache, type FeatureCache } from './feature-cache.ts';
import { toTensors } from './host-input.ts';
import type { Network } from './network.ts';
import { PictureSource } from './picture-source.ts';
import type { RunContext } from './run-context.ts';
import { frozenTrunk, type Trunk } from './trunk.ts';

/** One augmented view a picture, drawn once and kept (offline augmentation). View 0 is the picture itself. */
export interface CachedView {
  readonly index: number;
  readonly augment: TrainConfig['augment'];
}

export interface FeatureRequest {
  readonly network: Network;
  /** Node whose output is wanted; everything up to it is frozen. */
  readonly to: string;
  /** Indices into the dataset; row i belongs to pictures[i]. */
  readonly pictures: readonly number[];
  readonly view: CachedView | null;
}

/** Pictures a trace takes at once. */
const batchSize = 32;

/** Features of pictures at node `to` in inference mode, from the cache on disk or computed into it. */
export async function extractFeatures(context: RunContext, request: FeatureRequest): Promise<FeatureCache> {
  const { network, to, pictures } = request;
  let trace: Extraction | null = null;
  try {
    const cache = await openFeatureCache({
      folder: join(context.job.workspace, 'cache', 'features'),
      key: featureKey(context, request),
      rows: pictures.length,
      shape: featureShape(network, to),
      chunkRows: batchSize,
      produce: async (start, count) => {
        trace ??= await openExtraction(context, request);
        return trace.features(pictures.slice(start, start + count), start / batchSize);
      },
      onProgress: context.progress('features'),
      between: (keep) => context.breathe(keep),
    });
    context.closeAtEnd(cache);
    return cache;
  } finally {
    (trace as Extraction | null)?.dispose();
  }
}

/** Changes with everything the features depend on: weights, boundary, preprocessing, resize, files, view. */
export function featureKey(context: RunContext, { network, to, pictures, view }: FeatureRequest): string {
  const { preprocessing, architecture } = network.spec;
  const hash = createHash('sha256');
  hash.update(JSON.stringify(['features 1', network.origin, architecture, to, preprocessing]));
  hash.update(JSON.stringify([resizeDefinition(preprocessing), decodeTarget(preprocessing)]));
  if (view) hash.update(JSON.stringify([view.index, view.augment, context.job.config.seed]));
  for (const picture of pictures) hash.update(context.job.dataset.pictures[picture]!.sha256);
  return hash.digest('hex').slice(0, 40);
}

/** Shape of one picture's output at node `to`. */
export function featureShape({ spec, params }: Network, to: string): number[] {
  return tf.tidy(() => {
    const { inputSize } = spec.preprocessing;
    return forward(spec, params, tf.zeros([1, inputSize, inputSize, 3]), { to }).output.shape.slice(1);
  });
}

interface Extraction {
  features(pictures: readonly number[], batch: number): Promise<Float32Array>;
  dispose(): void;
}

async function openExtraction(context: RunContext, request: FeatureRequest): Promise<Extraction> {
  const { network, to, view } = request;
  const { preprocessing } = network.spec;
  const trunk: Trunk = frozenTrunk(network, to);
  const source = new PictureSource({
    cache: await context.openPictures(preprocessing),
    preprocessing,
    augment: view?.augment ?? null,
    seed: context.job.config.seed,
    trunk,
  });
  const position = (batch: number) => ({ branch: view?.index ?? 0, epoch: 0, batch });
  const example = toTensors(await source.training([request.pictures[0]!], position(0)));
  const compiled = compile<Record<string, Tensor>, { features: Tensor }, Record<string, Tensor>>({
    name: 'frozen features',
    inputs: example,
    batched: Object.keys(example),
    constants: source.constants,
    fn: (inputs, constants) => ({ features: source.trainingActivations(inputs, constants) }),
  });
  tf.dispose(example);
  return {
    async features(pictures, batch) {
      const padded = Array.from({ length: batchSize }, (_, i) => pictures[i] ?? pictures[0]!);
      const inputs = toTensors(await source.training(padded, position(batch)));
      const { features } = compiled.run(inputs);
      const values = (await features.data()) as Float32Array;
      tf.dispose([features, ...Object.values(inputs)]);
      return values;
    },
    dispose() {
      compiled.dispose();
      tf.dispose(trunk.constants);
    },
  };
}
