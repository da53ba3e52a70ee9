import { statelessUniform } from '../../tensor/ops/random.ts';
import { tf, type Tensor1D } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

/**
 * Inverted dropout (Srivastava et al. 2014): each element is zero with probability `rate`, the others are scaled by
 * 1 / (1 − rate). The seed, int32 [2], is an input of the step, so that a resumed run draws the same masks; the node's index among
 * all random ones tells dropouts apart.
 */
export const dropout: Compute<'dropout'> = ({ name, rate }, [x], { dropoutSeed, randomIndex }) => {
  if (dropoutSeed === null || rate === 0) return x;
  const index = randomIndex(name);
  const seed = (index === 0 ? dropoutSeed : tf.add(dropoutSeed, tf.tensor1d([0, index], 'int32'))) as Tensor1D;
  const kept = tf.cast(tf.greaterEqual(statelessUniform(x.shape, seed), rate), 'float32');
  return tf.mul(x, tf.mul(kept, 1 / (1 - rate)));
};
