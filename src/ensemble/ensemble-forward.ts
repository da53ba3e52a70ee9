import { foldNorm } from '../models/fold-norm.ts';
import { foldParameters } from '../nn/fold-parameters.ts';
import { forward } from '../nn/forward.ts';
import { loadParameters } from '../nn/load-parameters.ts';
import { tf, type Tensor, type Tensor4D } from '../tensor/tf.ts';
import { stateDict } from '../train/network.ts';
import { ensembleNet } from './ensemble-net.ts';
import type { ModelFiles } from './model-folder.ts';

/** The averaged ensemble in inference mode, as constants and a function of them: what a trace or an eager run needs. */
export interface EnsembleForward {
  /** Names of the members averaged, in the order of `members` below. */
  readonly memberNames: readonly string[];
  /** Runtime layout, batch norm folded into convolutions. Dispose with `dispose`. */
  readonly constants: Record<string, Tensor>;
  /**
   * pixels: float32 [B, size, size, 3], 0..255, cropped. Each probability tensor: float32 [B, classes].
   * Run inside `tf.tidy` or a trace.
   */
  apply(pixels: Tensor4D, constants: Record<string, Tensor>): { readonly members: Tensor[]; readonly ensemble: Tensor };
  dispose(): void;
}

/** Reads the weights of trunk and averaged members, one file at a time. Throws what `files.weights` and loadParameters throw. */
export async function loadEnsemble(files: ModelFiles): Promise<EnsembleForward> {
  const { spec, parts, members } = ensembleNet(files.model);
  const folded = foldNorm(spec);
  const constants: Record<string, Tensor> = {};
  for (const { file, prefix, spec: part } of parts) {
    const loaded = loadParameters(part, stateDict(await files.weights(file)));
    const params = Object.fromEntries(Object.entries(loaded).map(([name, tensor]) => [prefix + name, tensor]));
    const folds = folded.folds.filter(({ weight }) => weight.name in params);
    Object.assign(constants, foldParameters(folds, params));
    tf.dispose(loaded);
  }
  return {
    memberNames: members.map(({ name }) => name),
    constants,
    apply(pixels, given) {
      const taps = members.map(({ output }) => output);
      const result = forward(folded.spec, given, pixels, { taps });
      return { members: taps.map((name) => result.taps[name]!), ensemble: result.output };
    },
    dispose: () => tf.dispose(Object.values(constants)),
  };
}
