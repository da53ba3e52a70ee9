import type { NormFold } from '../models/fold-norm.ts';
import { tf, type Tensor } from '../tensor/tf.ts';

/**
 * Parameters of a folded network (models/fold-norm.ts) from those of the network it came from, runtime layout.
 * Every tensor given back is new: the caller disposes both records.
 */
export function foldParameters(
  folds: readonly NormFold[],
  params: Readonly<Record<string, Tensor>>,
): Record<string, Tensor> {
  const folded = new Map<string, Tensor>();
  const absorbed = new Set<string>();
  for (const fold of folds) {
    for (const name of [fold.bias, fold.scale, fold.shift, fold.runningMean, fold.runningVariance])
      if (name !== null) absorbed.add(name);
    const [weight, bias] = tf.tidy(() => foldOne(fold, (name) => params[name]!));
    folded.set(fold.weight.name, weight);
    folded.set(fold.foldedBias, bias);
  }
  for (const [name, tensor] of Object.entries(params))
    if (!folded.has(name) && !absorbed.has(name)) folded.set(name, tensor.clone());
  return Object.fromEntries(folded);
}

function foldOne(fold: NormFold, param: (name: string) => Tensor): [weight: Tensor, bias: Tensor] {
  const factor = tf.mul(param(fold.scale), tf.rsqrt(tf.add(param(fold.runningVariance), fold.epsilon)));
  const { axes, outAxis, name } = fold.weight;
  // Axes behind that of the output channels: one in a depthwise filter [h, w, channels, 1], else none.
  const behind = axes.length - 1 - axes.indexOf(outAxis!);
  const perChannel = behind > 0 ? tf.reshape(factor, [-1, ...new Array<number>(behind).fill(1)]) : factor;
  const centre =
    fold.bias === null ? tf.neg(param(fold.runningMean)) : tf.sub(param(fold.bias), param(fold.runningMean));
  return [tf.mul(param(name), perChannel), tf.add(param(fold.shift), tf.mul(centre, factor))];
}
