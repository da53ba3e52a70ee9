import { applyAugmentation, centreCrop } from '../augment/apply.ts';
import { activeAugmentations, type Augmentation } from '../augment/augmentation.ts';
import { drawAugmentation } from '../augment/draw.ts';
import { augmentations } from '../augment/index.ts';
import { normalise } from '../tensor/ops/normalise.ts';
import { randomStream } from '../base/random.ts';
import type { PictureCache } from '../data/picture-cache.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { TrainConfig } from '../settings/train-config.ts';
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
  /** What an augmented picture can meet. Default: all of augment/index.ts. */
  readonly augmentations?: readonly Augmentation[];
}

/** Batches of cached pictures: uint8 [B, side, side, 3], augmented or centre-cropped, normalised, through the frozen trunk. */
export class PictureSource implements BatchSource {
  readonly from: string;
  readonly constants: Record<string, Tensor>;
  readonly #options: PictureSourceOptions;
  readonly #active: readonly Augmentation[];

  constructor(options: PictureSourceOptions) {
    const { trunk, augment } = options;
    this.#options = options;
    this.#active = augment === null ? [] : activeAugmentations(augment, options.augmentations ?? augmentations);
    this.from = trunk?.to ?? 'input';
    this.constants = trunk?.constants ?? {};
  }

  async training(pictures: ArrayLike<number>, position: BatchPosition): Promise<HostInputs> {
    const { augment, cache, preprocessing, seed } = this.#options;
    const count = pictures.length;
    const images = await this.#read(pictures);
    if (augment === null) return { images };
    const random = randomStream(seed, 'augment', position.branch, position.epoch, position.batch);
    const frame = { side: cache.side, size: preprocessing.inputSize };
    const drawn = drawAugmentation(this.#active, augment, random, count, frame);
    const bytes = images.data.length / count;
    for (let i = 0; i < count; i++) drawn.changeBytes(i, images.data.subarray(i * bytes, (i + 1) * bytes));
    const { transforms, numbers, columns } = drawn;
    return {
      images,
      transforms: { dtype: 'float32', shape: [count, 8], data: transforms },
      ...(columns > 0 && { augmentation: { dtype: 'float32', shape: [count, columns], data: numbers } }),
    };
  }

  async evaluation(pictures: ArrayLike<number>): Promise<HostInputs> {
    return { images: await this.#read(pictures) };
  }

  async #read(pictures: ArrayLike<number>): Promise<HostInputs[string] & { readonly data: Uint8Array }> {
    const { side } = this.#options.cache;
    const data = await this.#options.cache.read(Array.from(pictures));
    return { dtype: 'uint8', shape: [pictures.length, side, side, 3], data };
  }

  trainingActivations(
    inputs: Record<string, Tensor>,
    constants: Record<string, Tensor>,
    changed: (images: Tensor4D) => Tensor4D = (images) => images,
  ): Tensor {
    const { augment, preprocessing } = this.#options;
    const images = uint8ToFloat(inputs['images'] as Tensor4D);
    const size = preprocessing.inputSize;
    const numbers = (inputs['augmentation'] ?? null) as Tensor2D | null;
    const views =
      augment === null
        ? centreCrop(images, size)
        : applyAugmentation(this.#active, images, inputs['transforms'] as Tensor2D, numbers, size);
    return this.#throughTrunk(changed(views), constants);
  }

  evaluationActivations(inputs: Record<string, Tensor>, constants: Record<string, Tensor>): Tensor {
    const images = uint8ToFloat(inputs['images'] as Tensor4D);
    return this.#throughTrunk(centreCrop(images, this.#options.preprocessing.inputSize), constants);
  }

  #throughTrunk(images: Tensor4D, constants: Record<string, Tensor>): Tensor {
    const normalised = normalise(images, this.#options.preprocessing);
    return this.#options.trunk?.apply(normalised, constants) ?? normalised;
  }
}
