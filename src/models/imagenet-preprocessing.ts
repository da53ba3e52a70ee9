import type { Preprocessing } from '../protocol/preprocessing.ts';

/** What torchvision's ImageNet weights were trained with; weights that differ bring their own. */
export const torchvisionPreprocessing: Preprocessing = {
  inputSize: 224,
  cropFraction: 0.875,
  interpolation: 'bilinear',
  mean: [0.485, 0.456, 0.406],
  std: [0.229, 0.224, 0.225],
};
