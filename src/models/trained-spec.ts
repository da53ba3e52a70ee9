import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { buildNet } from './index.ts';
import type { NetSpec } from './net-spec.ts';
import { replaceHead, scoresNode, withInputSize } from './rewrites.ts';

/** A pretrained backbone with a linear head for `classes`, at `inputSize`. Dropout is the trainer's: train/techniques/dropout.ts. */
export function pretrainedSpec(
  backbone: { readonly architecture: string; readonly preprocessing: Preprocessing },
  classes: number,
  inputSize: number,
): NetSpec {
  const published = { ...buildNet(backbone.architecture), preprocessing: backbone.preprocessing };
  const form = scoresNode(published).op === 'linear' ? 'own' : 'linear';
  const resized = replaceHead(published, classes, { form, dropoutRate: 0 });
  return withInputSize(resized, inputSize);
}

/** The network of a run that begins with random weights. */
export function untrainedSpec(architecture: string, classes: number, preprocessing: Preprocessing): NetSpec {
  return { ...replaceHead(buildNet(architecture), classes, { dropoutRate: 0 }), preprocessing };
}

/** Pictures as a network without weights sees them, before its normalisation is known. */
export function untrainedPreprocessing({ model }: TrainConfig): Preprocessing {
  const { inputSize, interpolation } = buildNet(model.backbone).preprocessing;
  return { inputSize: model.inputSize ?? inputSize, cropFraction: 1, interpolation, mean: [0, 0, 0], std: [1, 1, 1] };
}
