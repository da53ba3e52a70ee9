import type { Scalar, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import * as tf from '@tensorflow/tfjs-core';

export interface CrossEntropyOptions {
  /** 0 to 1: this share of each target is spread evenly over the classes (Szegedy et al. 2016, arXiv 1512.00567). */
  readonly labelSmoothing?: number;
  /** float32 [classes]. */
  readonly classWeights?: Tensor1D;
  /** float32 [B]; 0 leaves an example out, as for the rows that fill the last batch. */
  readonly exampleWeights?: Tensor1D;
}

/**
 * The weighted mean of softmax cross-entropies. For one-hot targets it is torch's
 * `CrossEntropyLoss(weight, label_smoothing)`: −Σᵢ eᵢ Σ_c w_c t'ᵢ_c log pᵢ_c / Σᵢ eᵢ Σ_c w_c tᵢ_c, t' the smoothed targets.
 * logits: float32 [B, classes]; targets: float32 [B, classes], each row a distribution. Gradient to the logits.
 */
export function softmaxCrossEntropy(logits: Tensor2D, targets: Tensor2D, options: CrossEntropyOptions = {}): Scalar {
  const { labelSmoothing = 0, classWeights, exampleWeights } = options;
  const [batch, classes] = logits.shape;
  const weighted = (distribution: Tensor2D): Tensor2D =>
    classWeights ? tf.mul(distribution, classWeights) : distribution;
  const smoothed =
    labelSmoothing === 0 ? targets : tf.add<Tensor2D>(tf.mul(targets, 1 - labelSmoothing), labelSmoothing / classes);
  const perExample = tf.neg(tf.sum(tf.mul(weighted(smoothed), tf.logSoftmax(logits, 1)), 1));
  if (!classWeights && !exampleWeights) return tf.div(tf.sum(perExample), batch);
  const mass = tf.sum(weighted(targets), 1);
  if (!exampleWeights) return tf.div(tf.sum(perExample), tf.sum(mass));
  return tf.div(tf.sum(tf.mul(perExample, exampleWeights)), tf.sum(tf.mul(mass, exampleWeights)));
}
