import type { Augmentation } from './augmentation.ts';
import { brightness } from './brightness.ts';
import { contrast } from './contrast.ts';
import { crop } from './crop.ts';
import { flip } from './flip.ts';
import { hue } from './hue.ts';
import { rotation } from './rotation.ts';
import { saturation } from './saturation.ts';
import { scale } from './scale.ts';
import { shift } from './shift.ts';

/** Every augmentation, in the order in which numbers are drawn for a picture: another order gives other pictures. */
export const augmentations: readonly Augmentation[] = [
  crop,
  shift,
  scale,
  rotation,
  flip,
  brightness,
  contrast,
  saturation,
  hue,
];
