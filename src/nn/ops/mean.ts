import { tf } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const mean: Compute<'mean'> = ({ weights }, inputs) => {
  if (inputs.length === 1) return inputs[0];
  return tf.addN(inputs.map((input, index) => tf.mul(input, weights[index]!)));
};
