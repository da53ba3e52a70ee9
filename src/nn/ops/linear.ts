import { tf, type Tensor, type Tensor2D } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const linear: Compute<'linear'> = (node, [x], { param }) => {
  const weight = param(node.weight) as Tensor2D;
  const [inputs, out] = weight.shape;
  // Every token and every position is a row.
  const isVector = x.rank === 2;
  const rows: Tensor = isVector ? x : tf.reshape(x, [-1, inputs]);
  const product = tf.matMul(rows as Tensor2D, weight);
  const y = isVector ? product : tf.reshape(product, [-1, ...x.shape.slice(1, -1), out]);
  return node.bias === null ? y : tf.add(y, param(node.bias));
};
