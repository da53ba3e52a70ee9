import { batchNormInference, batchNormTraining } from '../../tensor/ops/batch-norm.ts';
import { tf, type Tensor1D, type Tensor4D } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

/**
 * Batch normalisation (Ioffe & Szegedy 2015, arXiv 1502.03167) as torch.nn.BatchNorm2d does it: the batch's biased
 * variance normalises, the unbiased one (n / (n − 1), n = B·H·W) moves the running variance,
 * running ← (1 − momentum) · running + momentum · batch. x: [B, H, W, C].
 */
export const batchNorm: Compute<'batchNorm'> = (node, [input], context) => {
  const x = input as Tensor4D;
  const param = (name: string) => context.param(name) as Tensor1D;
  const [scale, shift] = [param(node.scale), param(node.shift)];
  const [runningMean, runningVariance] = [param(node.runningMean), param(node.runningVariance)];
  if (context.norm(node.name) === 'frozen')
    return batchNormInference(x, scale, shift, { mean: runningMean, variance: runningVariance }, node.epsilon);

  const { y, mean, variance } = batchNormTraining(x, scale, shift, node.epsilon);
  const moved = (running: Tensor1D, batch: Tensor1D) =>
    tf.add(tf.mul(running, 1 - node.momentum), tf.mul(batch, node.momentum));
  context.statistics[node.runningMean] = moved(runningMean, mean);
  context.statistics[node.runningVariance] = moved(runningVariance, variance);
  return y;
};
