import { forward } from '../nn/forward.ts';
import { cutAt } from '../models/rewrites.ts';
import type { Tensor } from '../tensor/tf.ts';
import type { Network } from './network.ts';

/** Frozen layers as constants of a trace, so that TensorFlow folds and fuses them. */
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
  const spec = cutAt(network.spec, to);
  const named = (name: string) => `trunk/${name}`;
  return {
    to,
    constants: Object.fromEntries(
      spec.params
        .filter(({ name }) => name in network.params)
        .map(({ name }) => [named(name), network.params[name]!.clone()]),
    ),
    apply(images, constants) {
      const params = Object.fromEntries(spec.params.map(({ name }) => [name, constants[named(name)]!] as const));
      return forward(spec, params, images).output;
    },
  };
}
