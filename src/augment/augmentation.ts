import type { RandomStream } from '../base/random.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { Tensor, Tensor4D } from '../tensor/tf.ts';
import type { Frame } from './frame.ts';
import type { Pose } from './pose.ts';

export type AugmentConfig = TrainConfig['augment'];

interface Drawn {
  readonly key: string;
  active(config: AugmentConfig): boolean;
  /** Numbers that change nothing; `draw` gives as many. A picture that an augmentation is not drawn for has these. */
  readonly neutral: readonly number[];
  /** The numbers of one picture. */
  draw(config: AugmentConfig, random: RandomStream, frame: Frame): readonly number[];
}

/** Changes the picture's bytes before anything else: uint8 [side, side, 3], in place. */
interface HostAugmentation extends Drawn {
  readonly stage: 'host';
  apply(picture: Uint8Array, numbers: readonly number[], frame: Frame): void;
}

/** Changes which pixels are seen; all geometry of a picture becomes one map, so that it is sampled once. */
export interface GeometryAugmentation extends Drawn {
  readonly stage: 'geometry';
  apply(pose: Pose, numbers: readonly number[], frame: Frame): Pose;
}

/**
 * Changes colours, or covers parts, of all pictures of a batch inside the compiled step. images: float32 [B, size, size, 3], 0..255;
 * numbers: float32 [B, 1, 1, 1] each, every picture its own. No gradient.
 */
export interface TracedAugmentation extends Drawn {
  readonly stage: 'colour' | 'mask';
  apply(images: Tensor4D, numbers: readonly Tensor[]): Tensor4D;
}

export type Augmentation = HostAugmentation | GeometryAugmentation | TracedAugmentation;

const stages = ['host', 'geometry', 'colour', 'mask'] as const;

/** Those that act, in the order in which a picture meets them: by stage, within a stage as they are listed. */
export function activeAugmentations(config: AugmentConfig, listed: readonly Augmentation[]): Augmentation[] {
  const active = listed.filter((augmentation) => augmentation.active(config));
  return stages.flatMap((stage) => active.filter((augmentation) => augmentation.stage === stage));
}
