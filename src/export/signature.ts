import { resizeDefinition } from '../data/decode-picture.ts';
import type { EnsembleModel } from '../ensemble/ensemble-model.ts';

/** What a SavedModel takes and gives, for programs and people: the content of signature.json. */
export function signatureText(
  model: EnsembleModel,
  anySize: boolean,
  versions: Readonly<Record<string, string>>,
): string {
  const { inputSize } = model.preprocessing;
  const side = anySize ? null : inputSize;
  const signature = {
    formatVersion: 1,
    format: 'tensorflow-saved-model',
    name: model.name,
    versions,
    signature: 'serving_default',
    inputs: {
      images: {
        dtype: 'uint8',
        shape: [null, side, side, 3],
        meaning: anySize
          ? 'RGB, 0 to 255, upright, any height and width (one size a call); resized, cropped and normalised inside'
          : `RGB, 0 to 255, resized and cropped to ${inputSize} × ${inputSize} as below; normalised inside`,
      },
    },
    outputs: {
      probabilities: {
        dtype: 'float32',
        shape: [null, model.labels.length],
        meaning: 'mean over the members, in the order of labels',
      },
    },
    labels: model.labels,
    resizeDefinition: resizeDefinition(model.preprocessing),
    preprocessing: model.preprocessing,
    accuracy: model.metrics,
  };
  return `${JSON.stringify(signature, null, 2)}\n`;
}
