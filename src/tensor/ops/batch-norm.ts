import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';
import type { NativeAttr, NativeBackend } from '../native.ts';
import { attr, nativeBackend } from '../native.ts';

/**
 * Batch normalisation (Ioffe and Szegedy 2015, arXiv 1502.03167).
 * Statistics are per channel over B·H·W values; the variance that normalises is the biased one, the one that is given back
 * for the running average the unbiased one, as torch has it.
 */
export interface BatchNormResult {
  /** float32 [B, H, W, C]. */
  readonly y: Tensor4D;
  /** float32 [C]; no gradient goes through it. */
  readonly mean: Tensor1D;
  /** float32 [C], divided by n − 1; no gradient goes through it. */
  readonly variance: Tensor1D;
}

/** Normalises by the batch's own statistics. x: float32 [B, H, W, C]; scale, shift: float32 [C]. Gradients to all three. */
export function batchNormTraining(x: Tensor4D, scale: Tensor1D, shift: Tensor1D, epsilon: number): BatchNormResult {
  const backend = nativeBackend();
  return backend ? nativeTraining(backend, x, scale, shift, epsilon) : portableTraining(x, scale, shift, epsilon);
}

/** float32 [C] each. */
interface NormStatistics {
  readonly mean: Tensor1D;
  readonly variance: Tensor1D;
}

/** Normalises by given statistics. mean, variance: float32 [C], constants for the gradient. Gradients to x, scale and shift. */
export function batchNormInference(
  x: Tensor4D,
  scale: Tensor1D,
  shift: Tensor1D,
  { mean, variance }: NormStatistics,
  epsilon: number,
): Tensor4D {
  const backend = nativeBackend();
  if (!backend) return portableInference(x, scale, shift, { mean, variance }, epsilon);
  const normalise = tf.customGrad((...args) => {
    const [$x, $scale, $shift, save] = args as unknown as [Tensor4D, Tensor1D, Tensor1D, (tensors: Tensor[]) => void];
    save([$x, $scale]);
    const [y] = backend.executeMultipleOutputs(
      'FusedBatchNormV3',
      [...normAttrs(epsilon, false), averageAttr],
      [$x, $scale, $shift, mean, variance],
      6,
    );
    return {
      value: y!,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        backend
          .executeMultipleOutputs(
            'FusedBatchNormGradV3',
            normAttrs(epsilon, false),
            [dy, saved[0]!, saved[1]!, mean, variance, mean],
            5,
          )
          .slice(0, 3),
    };
  });
  return normalise(x, scale, shift) as Tensor4D;
}

function normAttrs(epsilon: number, training: boolean): NativeAttr[] {
  return [
    attr.float32,
    attr.type('U', 'float32'),
    attr.float('epsilon', epsilon),
    attr.string('data_format', 'NHWC'),
    attr.bool('is_training', training),
  ];
}

/** 1: the op gives the batch's statistics, not an average of them with old ones. */
const averageAttr = attr.float('exponential_avg_factor', 1);

function nativeTraining(
  backend: NativeBackend,
  x: Tensor4D,
  scale: Tensor1D,
  shift: Tensor1D,
  epsilon: number,
): BatchNormResult {
  let statistics: Tensor1D[] = [];
  const normalise = tf.customGrad((...args) => {
    const [$x, $scale, $shift, save] = args as unknown as [Tensor4D, Tensor1D, Tensor1D, (tensors: Tensor[]) => void];
    const none = tf.tensor1d([]);
    const attrs = [...normAttrs(epsilon, true), averageAttr];
    const [y, mean, variance, ...reserved] = backend.executeMultipleOutputs(
      'FusedBatchNormV3',
      attrs,
      [$x, $scale, $shift, none, none],
      6,
    );
    save([$x, $scale, ...reserved]);
    // Kept past the scope that customGrad closes.
    statistics = [tf.keep(mean as Tensor1D), tf.keep(variance as Tensor1D)];
    return {
      value: y!,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        backend.executeMultipleOutputs('FusedBatchNormGradV3', normAttrs(epsilon, true), [dy, ...saved], 5).slice(0, 3),
    };
  });
  const y = normalise(x, scale, shift) as Tensor4D;
  // Clones belong to the caller's scope.
  const [mean, variance] = statistics.map((tensor) => tensor.clone());
  tf.dispose(statistics);
  return { y, mean: mean!, variance: variance! };
}

function portableTraining(x: Tensor4D, scale: Tensor1D, shift: Tensor1D, epsilon: number): BatchNormResult {
  const count = x.shape[0] * x.shape[1] * x.shape[2];
  const { mean, variance } = tf.moments(x, [0, 1, 2]);
  const y = portableInference(x, scale, shift, { mean: mean as Tensor1D, variance: variance as Tensor1D }, epsilon);
  return { y, mean: mean as Tensor1D, variance: tf.mul(variance, count / Math.max(1, count - 1)) };
}

function portableInference(
  x: Tensor4D,
  scale: Tensor1D,
  shift: Tensor1D,
  { mean, variance }: NormStatistics,
  epsilon: number,
): Tensor4D {
  const factor = tf.mul(scale, tf.rsqrt(tf.add(variance, epsilon)));
  return tf.add(tf.mul(tf.sub(x, mean), factor), shift);
}
