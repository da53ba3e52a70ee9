import { centreCrop } from '../augment/apply.ts';
import { decodeTarget } from '../data/decode-picture.ts';
import { AnnealError } from '../base/errors.ts';
import { compile } from '../tensor/compile.ts';
import { nativeBackend } from '../tensor/native.ts';
import { uint8ToFloat, uint8Tensor } from '../tensor/ops/uint8.ts';
import { tf, type Tensor, type Tensor4D } from '../tensor/tf.ts';
import { loadEnsemble, type EnsembleForward } from './ensemble-forward.ts';
import type { ModelFiles } from './model-folder.ts';

interface EnsembleProbabilities {
  /** Of each averaged member, in the order of `Predictor.memberNames`: float32 [n, classes]. */
  readonly members: Float32Array[];
  /** Their weighted mean: float32 [n, classes]. */
  readonly ensemble: Float32Array;
}

/** The averaged ensemble ready to be asked. */
export interface Predictor {
  readonly labels: readonly string[];
  readonly memberNames: readonly string[];
  /** Side of the squares it takes: decodeTarget's, the evaluation crop is inside. */
  readonly side: number;
  /** Pictures computed at once. */
  readonly batchSize: number;
  /** pictures: uint8 [n, side, side, 3] RGB as data/ decodes them. Throws `model.pictureSize`. */
  probabilities(pictures: Uint8Array, n: number): EnsembleProbabilities;
  dispose(): void;
}

/**
 * Compiles a model for prediction: crop, normalise, shared trunk once, members, softmax, mean. The last batch is padded, so
 * that a picture's answer never depends on its company. On WASM the same is computed op by op, in small batches. The runtime must be loaded.
 */
export async function createPredictor(
  files: ModelFiles,
  options: { readonly batchSize?: number } = {},
): Promise<Predictor> {
  const { model } = files;
  const { inputSize } = model.preprocessing;
  const { side } = decodeTarget(model.preprocessing);
  const classes = model.labels.length;
  const batchSize = options.batchSize ?? (nativeBackend() ? 32 : 4);
  const ensemble = await loadEnsemble(files);
  const compiled = compileEnsemble(ensemble, side, inputSize);
  ensemble.dispose();
  const stride = side * side * 3;
  return {
    labels: model.labels,
    memberNames: ensemble.memberNames,
    side,
    batchSize,
    probabilities(pictures, n) {
      if (pictures.length !== n * stride) {
        throw new AnnealError(
          'model.pictureSize',
          { expected: n * stride, received: pictures.length, side },
          { kind: 'failure' },
        );
      }
      const members = ensemble.memberNames.map(() => new Float32Array(n * classes));
      const mean = new Float32Array(n * classes);
      const targets = [mean, ...members];
      for (let start = 0; start < n; start += batchSize) {
        const count = Math.min(batchSize, n - start);
        const outputs = runBatch(pictures.subarray(start * stride, (start + count) * stride));
        outputs.forEach((values, i) => targets[i]!.set(values.subarray(0, count * classes), start * classes));
      }
      return { members, ensemble: mean };
    },
    dispose: () => compiled.dispose(),
  };

  function runBatch(pictures: Uint8Array): Float32Array[] {
    const full = new Uint8Array(batchSize * stride);
    full.set(pictures);
    const images = uint8Tensor(full, [batchSize, side, side, 3]);
    const outputs: Record<string, Tensor> = compiled.run({ images });
    try {
      return ['ensemble', ...ensemble.memberNames.map((_, i) => `member${i}`)].map(
        (name) => outputs[name]!.dataSync() as Float32Array,
      );
    } finally {
      tf.dispose([images, ...Object.values(outputs)]);
    }
  }
}

/** images: uint8 [n, side, side, 3]. Outputs `ensemble`, `member0` and so on. */
function compileEnsemble(ensemble: EnsembleForward, side: number, size: number) {
  const example = uint8Tensor(new Uint8Array(side * side * 3), [1, side, side, 3]);
  try {
    return compile({
      name: 'prediction',
      inputs: { images: example },
      batched: ['images'],
      constants: ensemble.constants,
      fn: ({ images }, constants: Record<string, Tensor>) => {
        const result = ensemble.apply(centreCrop(uint8ToFloat(images as Tensor4D), size), constants);
        const members = result.members.map((member, i) => [`member${i}`, member] as const);
        return Object.fromEntries([['ensemble', result.ensemble], ...members]);
      },
    });
  } finally {
    example.dispose();
  }
}
