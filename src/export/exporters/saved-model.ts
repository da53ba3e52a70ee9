import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cropCentre, decodeTarget } from '../../data/decode-picture.ts';
import { openPicture, rgbPixels } from '../../data/open-picture.ts';
import { loadEnsemble } from '../../ensemble/ensemble-forward.ts';
import type { EnsembleModel } from '../../ensemble/ensemble-model.ts';
import type { ModelFiles } from '../../ensemble/model-folder.ts';
import { traceAnyBatch } from '../../tensor/trace-any-batch.ts';
import type { Graph } from '../../graph/graph.ts';
import { writeSavedModel } from '../../graph/saved-model.ts';
import { uint8Tensor } from '../../tensor/ops/uint8.ts';
import { loadSavedModel, type LoadedModel } from '../../tensor/saved-model.ts';
import { tf, type Tensor4D } from '../../tensor/tf.ts';
import { writeFileAtomic } from '../../weights/atomic-file.ts';
import type { Exporter } from '../exporter.ts';
import { anySizeInput, fixedSizeInput, withInput } from '../input-graph.ts';
import { labelsText } from '../labels-text.ts';
import { signatureText } from '../signature.ts';
import { probabilityTolerance, type VerificationPictures } from '../verify.ts';

/** Largest batch of the check; the last one is smaller, so that n is seen to be free. */
const checkBatch = 8;

/**
 * A TensorFlow SavedModel of the averaged ensemble: `images` uint8 [n, H, W, 3] in, `probabilities` float32 [n, classes] out, crop (with `anySize`
 * the resize too) and normalisation inside; labels.txt and signature.json beside it.
 */
export const savedModelExporter: Exporter<'savedmodel'> = {
  tolerance: ({ anySize }) => (anySize ? null : probabilityTolerance),
  async write({ files, versions }, { path }, { anySize }) {
    const { model } = files;
    const parts = writeSavedModel(await ensembleGraph(files, anySize));
    const texts: [string, string][] = [
      ['labels.txt', labelsText(model.labels)],
      ['signature.json', signatureText(model, anySize, versions)],
    ];
    // TensorFlow looks for this folder, also when a model has no variables.
    await mkdir(join(path, 'variables'), { recursive: true });
    for (const [name, data] of [...parts, ...texts]) {
      await mkdir(dirname(join(path, name)), { recursive: true });
      await writeFileAtomic(join(path, name), data);
    }
  },
  async runBack(path, { files: { model } }, pictures, { anySize }) {
    const loaded = await loadSavedModel(path);
    try {
      return anySize ? await askWholePictures(loaded, model, pictures) : askCrops(loaded, model, pictures);
    } finally {
      loaded.dispose();
    }
  },
};

async function ensembleGraph(files: ModelFiles, anySize: boolean): Promise<Graph> {
  const { preprocessing } = files.model;
  const { inputSize } = preprocessing;
  const ensemble = await loadEnsemble(files);
  try {
    const examples = { pixels: tf.zeros([1, inputSize, inputSize, 3]) };
    const network = traceAnyBatch(examples, ['pixels'], ensemble.constants, ({ pixels }, constants) => ({
      probabilities: ensemble.apply(pixels as Tensor4D, { ...constants }).ensemble,
    }));
    tf.dispose(examples);
    return withInput(anySize ? anySizeInput(preprocessing) : fixedSizeInput(preprocessing), network);
  } finally {
    ensemble.dispose();
  }
}

function askCrops(
  loaded: LoadedModel,
  { preprocessing, labels }: EnsembleModel,
  { squares, paths }: VerificationPictures,
): Float32Array {
  const { inputSize } = preprocessing;
  const n = paths.length;
  const crops = cropCentre(squares, n, decodeTarget(preprocessing).side, inputSize);
  const stride = inputSize * inputSize * 3;
  const all = new Float32Array(n * labels.length);
  for (let start = 0; start < n; start += checkBatch) {
    const count = Math.min(checkBatch, n - start);
    const batch = crops.subarray(start * stride, (start + count) * stride);
    all.set(ask(loaded, batch, [count, inputSize, inputSize, 3]), start * labels.length);
  }
  return all;
}

/** Pictures at their own size, upright, as a user hands them over. */
async function askWholePictures(
  loaded: LoadedModel,
  { labels }: EnsembleModel,
  { paths }: VerificationPictures,
): Promise<Float32Array> {
  const all = new Float32Array(paths.length * labels.length);
  for (const [index, path] of paths.entries()) {
    const picture = await openPicture(await readFile(path));
    const { data, width, height } = await rgbPixels(picture);
    all.set(ask(loaded, data, [1, height, width, 3]), index * labels.length);
  }
  return all;
}

function ask(loaded: LoadedModel, pixels: Uint8Array, shape: readonly number[]): Float32Array {
  return tf.tidy(() => loaded.run({ images: uint8Tensor(pixels, shape) })['probabilities']!.dataSync() as Float32Array);
}
