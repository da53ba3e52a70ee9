import { tf } from '../../tensor/tf.ts';
import { forEachPart, type Features } from './features.ts';
import type { Head } from './head.ts';

/** Pictures that the head which gave the logits did not see. */
export interface HeldOutLogits {
  /** float32 [n, classes]. */
  readonly logits: Float32Array;
  readonly labels: ArrayLike<number>;
}

/** ln of every class's share among the labels; a class without pictures counts as one in a million. */
export function logPriors(labels: ArrayLike<number>, classes: number): Float64Array {
  const counts = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) counts[labels[i]!]! += 1 / labels.length;
  return counts.map((share) => Math.log(Math.max(share, 1e-6)));
}

/**
 * How much of a head held-out pictures want: the s in [0, 1] of the smallest log loss of softmax(s·logits + (1 − s)·priors), from the
 * constant answer at 0 to the head as it is at 1. Convex in s, so the slope decides: found by bisection. 1 exactly where the whole head
 * is wanted, and without pictures. Temperature scaling (Guo et al. 2017, arXiv 1706.04599) that only weakens, and ends at the priors
 * instead of at even shares, so that the loss is never above that of the constant answer.
 */
export function wantedShare({ logits, labels }: HeldOutLogits, priors: Float64Array): number {
  if (labels.length === 0 || slopeAt(1, logits, labels, priors) <= 0) return 1;
  let [low, high] = [0, 1];
  for (let i = 0; i < 24; i++) {
    const middle = (low + high) / 2;
    if (slopeAt(middle, logits, labels, priors) > 0) high = middle;
    else low = middle;
  }
  return low;
}

/** d/ds of the summed log loss: Σ_i Σ_c (p_ic − [c = label_i])·(logit_ic − prior_c). */
function slopeAt(s: number, logits: Float32Array, labels: ArrayLike<number>, priors: Float64Array): number {
  const classes = priors.length;
  const scores = new Float64Array(classes);
  let slope = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    let highest = -Infinity;
    for (let c = 0; c < classes; c++) {
      scores[c] = s * logits[start + c]! + (1 - s) * priors[c]!;
      highest = Math.max(highest, scores[c]!);
    }
    let sum = 0;
    let weighted = 0;
    for (let c = 0; c < classes; c++) {
      const p = Math.exp(scores[c]! - highest);
      sum += p;
      weighted += p * (logits[start + c]! - priors[c]!);
    }
    const label = labels[row]!;
    slope += weighted / sum - (logits[start + label]! - priors[label]!);
  }
  return slope;
}

/** The head whose logits are share·logits + (1 − share)·priors; itself at 1. */
export function shrunkHead<H extends Head>(head: H, share: number, priors: Float64Array): H {
  if (share === 1) return head;
  return {
    ...head,
    weight: head.weight.map((value) => share * value),
    bias: head.bias.map((value, c) => share * value + (1 - share) * priors[c]!),
  };
}

/** float32 [n, classes]. */
export async function headLogits(head: Head, features: Features, n: number): Promise<Float32Array> {
  const classes = head.bias.length;
  const weight = tf.tensor2d(head.weight, [classes, head.weight.length / classes]);
  const logits = new Float32Array(n * classes);
  await forEachPart(features, n, (rows, start, end) =>
    tf.tidy(() => {
      const x = tf.tensor2d(rows, [end - start, head.weight.length / classes]);
      logits.set(tf.add(tf.matMul(x, weight, false, true), head.bias).dataSync(), start * classes);
    }),
  );
  weight.dispose();
  return logits;
}
