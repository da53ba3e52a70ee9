import { applyAugmentation, centreCrop } from '../augment/apply.ts';
import { augmentStructure, drawAugmentation } from '../augment/draw.ts';
import { normalise } from '../tensor/ops/normalise.ts';
import { randomStream } from '../base/random.ts';
import type { PictureCache } from '../data/picture-cache.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import { uint8ToFloat } from '../tensor/ops/uint8.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensor/tf.ts';
import type { BatchPosition, BatchSource, HostInputs } from './batch-source.ts';
import type { Trunk } from './trunk.ts';

export interface PictureSourceOptions {
  readonly cache: PictureCache;
  readonly preprocessing: Preprocessing;
  /** Null: pictures are never augmented. */
  readonly augment: TrainConfig['augment'] | null;
  readonly seed: number;
  /** Frozen layers that run inside the step; null when training starts at the input. */
  readonly trunk: Trunk | null;
}

/** Batches of cached pictures: uint8 [B, side, side, 3], augmented or centre-cropped, normalised, through the frozen trunk. */
export class PictureSource implements BatchSource {
  readonly from: string;
  readonly signature: string;
  readonly constants: Record<string, Tensor>;
  readonly #options: PictureSourceOptions;

  constructor(options: PictureSourceOptions) {
    this.#options = options;
    const { trunk, preprocessing, augment, cache } = options;
    this.from = trunk?.to ?? 'input';
    this.constants = trunk?.constants ?? {};
    this.signature = JSON.stringify([
      'pictures',
      cache.side,
      preprocessing,
      augment && augmentStructure(augment),
      this.from,
    ]);
  }

  async training(pictures: ArrayLike<number>, position: BatchPosition): Promise<HostInputs> {
    const { augment, cache, preprocessing, seed } = this.#options;
    const inputs = await this.evaluation(pictures);
    if (augment === null) return inputs;
    const random = randomStream(seed, 'augment', position.branch, position.epoch, position.batch);
    const drawn = drawAugmentation(augment, random, pictures.length, cache.side, preprocessing.inputSize);
    return {
      ...inputs,
      transforms: { dtype: 'float32', shape: [pictures.length, 8], data: drawn.transforms },
      colours: { dtype: 'float32', shape: [pictures.length, 4], data: drawn.colours },
    };
  }

  async evaluation(pictures: ArrayLike<number>): Promise<HostInputs> {
    const { side } = this.#options.cache;
    const data = await this.#options.cache.read(Array.from(pictures));
    return { images: { dtype: 'uint8', shape: [pictures.length, side, side, 3], data } };
  }

  trainingActivations(inputs: Record<string, Tensor>, constants: Record<string, Tensor>): Tensor {
    const { augment, preprocessing } = this.#options;
    if (augment === null) return this.evaluationActivations(inputs, constants);
    const images = uint8ToFloat(inputs['images'] as Tensor4D);
    const views = applyAugmentation(images, inputs['transforms'] as Tensor2D, inputs['colours'] as Tensor2D, {
      size: preprocessing.inputSize,
      structure: augmentStructure(augment),
    });
    return this.#throughTrunk(views, constants);
  }

  evaluationActivations(inputs: Record<string, Tensor>, constants: Record<string, Tensor>): Tensor {
    const { inputSize } = this.#options.preprocessing;
    const images = uint8ToFloat(inputs['images'] as Tensor4D);
    return this.#throughTrunk(centreCrop(images, inputSize), constants);
  }

  #throughTrunk(images: Tensor, constants: Record<string, Tensor>): Tensor {
    const normalised = normalise(images as Tensor4D, this.#options.preprocessing);
    return this.#options.trunk?.apply(normalised, constants) ?? normalised;
  }
}
