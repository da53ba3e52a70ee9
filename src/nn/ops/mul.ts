import { tf, type Tensor } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const mul: Compute<'mul'> = (_, [x, factor]) => tf.mul(x, alongside(factor!, x.rank));

/** A vector [B, C] beside maps and sequences: [B, 1, …, C]. */
function alongside(factor: Tensor, rank: number): Tensor {
  if (factor.rank === rank) return factor;
  return tf.reshape(factor, [-1, ...new Array<number>(rank - 2).fill(1), factor.shape.at(-1)!]);
}
