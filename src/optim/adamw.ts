import { tf, type Tensor } from '../tensor/tf.ts';
import { optimizer } from './optimizer.ts';

/**
 * AdamW (Loshchilov & Hutter, arXiv 1711.05101) in `torch.optim.AdamW`'s form: w ← w(1 − ηλ), then
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η·m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), t from 1.
 * ε stands outside the root.
 */
export const adamw = optimizer('adamw', {
  hyper: {
    beta1: ({ beta1 }) => beta1,
    gain1: ({ beta1 }) => 1 - beta1,
    logBeta1: ({ beta1 }) => Math.log(beta1),
    beta2: ({ beta2 }) => beta2,
    gain2: ({ beta2 }) => 1 - beta2,
    logBeta2: ({ beta2 }) => Math.log(beta2),
    weightDecay: ({ weightDecay }) => weightDecay,
  },
  update({ param, gradient, slots, learningRate, decays, step, hyper }, { epsilon }) {
    const mean = tf.add(tf.mul(slots.mean, hyper.beta1), tf.mul(gradient, hyper.gain1));
    const meanSquare = tf.add(tf.mul(slots.meanSquare, hyper.beta2), tf.mul(tf.square(gradient), hyper.gain2));
    const unbiasedMean = tf.div(mean, correction(hyper.logBeta1, step));
    const unbiasedSquare = tf.div(meanSquare, correction(hyper.logBeta2, step));
    const direction = tf.div(unbiasedMean, tf.add(tf.sqrt(unbiasedSquare), epsilon));
    const decayed = decays ? tf.mul(param, tf.sub(1, tf.mul(learningRate, hyper.weightDecay))) : param;
    return { param: tf.sub(decayed, tf.mul(learningRate, direction)), slots: { mean, meanSquare } };
  },
});

/** 1 − βᵗ by expm1: in float32, 1 − pow(0.999, 1) has an error of 1e-5. β = 0 has the logarithm −∞ and corrects nothing. */
function correction(logBeta: Tensor, step: Tensor): Tensor {
  return tf.neg(tf.expm1(tf.mul(step, logBeta)));
}
