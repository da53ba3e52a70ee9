import type { DatasetIndex } from '../protocol/dataset.ts';
import type { Tensor } from '../tensor/tf.ts';
import type { BatchPosition, BatchSource, HostInputs } from './batch-source.ts';
import type { FeatureCache } from './feature-cache.ts';

/**
 * Batches of features cached at the freeze boundary. View 0 is the picture as it is; training walks through all views,
 * one an epoch, evaluation reads view 0.
 */
export class FeatureSource implements BatchSource {
  readonly from: string;
  readonly constants = {};
  readonly #views: readonly FeatureCache[];
  readonly #rowOf: ReadonlyMap<number, number>;
  readonly #shape: readonly number[];

  /** @param pictures Dataset indices in the order of the caches' rows; the same for every view. */
  constructor(from: string, views: readonly FeatureCache[], pictures: readonly DatasetIndex[]) {
    this.from = from;
    this.#views = views;
    this.#rowOf = new Map(pictures.map((picture, row) => [picture, row]));
    this.#shape = views[0]!.shape;
  }

  training(pictures: ArrayLike<number>, position: BatchPosition): Promise<HostInputs> {
    const view = (position.epoch + position.branch) % this.#views.length;
    return this.#read(this.#views[view]!, pictures);
  }

  evaluation(pictures: ArrayLike<number>): Promise<HostInputs> {
    return this.#read(this.#views[0]!, pictures);
  }

  async #read(cache: FeatureCache, pictures: ArrayLike<number>): Promise<HostInputs> {
    const rows = Array.from(pictures, (picture) => this.#rowOf.get(picture)!);
    return { features: { dtype: 'float32', shape: [rows.length, ...this.#shape], data: await cache.read(rows) } };
  }

  trainingActivations(inputs: Record<string, Tensor>): Tensor {
    return inputs['features']!;
  }

  evaluationActivations(inputs: Record<string, Tensor>): Tensor {
    return inputs['features']!;
  }
}
