import { foldNorm } from '../models/fold-norm.ts';
import { cutAt } from '../models/rewrites.ts';
import { foldParameters } from '../nn/fold-parameters.ts';
import { forward } from '../nn/forward.ts';
import type { Tensor } from '../tensor/tf.ts';
import type { Network } from './network.ts';

/** Frozen layers as constants of a trace, batch norm folded into the convolutions, so that TensorFlow fuses them. */
export interface Trunk {
  /** Node whose output it gives. */
  readonly to: string;
  /** By name; the owner disposes them. */
  readonly constants: Record<string, Tensor>;
  /** @param images float32 [B, H, W, 3], normalised. Traced. */
  apply(images: Tensor, constants: Record<string, Tensor>): Tensor;
}

/** The part of `network` up to node `to`, in inference mode. */
export function frozenTrunk(network: Network, to: string): Trunk {
  const cut = cutAt(network.spec, to);
  const { spec, folds } = foldNorm(cut);
  const present = cut.params.filter(({ name }) => name in network.params);
  const trunkParams = Object.fromEntries(present.map(({ name }) => [name, network.params[name]!]));
  const folded = foldParameters(folds, trunkParams);
  const names = Object.keys(folded);
  const named = (name: string) => `trunk/${name}`;
  return {
    to,
    constants: Object.fromEntries(names.map((name) => [named(name), folded[name]!])),
    apply(images, constants) {
      const params = Object.fromEntries(names.map((name) => [name, constants[named(name)]!]));
      return forward(spec, params, images).output;
    },
  };
}
