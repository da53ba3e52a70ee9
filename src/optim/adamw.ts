import { tf, type Tensor } from '../tensor/tf.ts';
import { slotName, slotOfKind, type Optimizer } from './optimizer.ts';

const meanKind = 'mean';
const squareKind = 'meanSquare';

/**
 * AdamW (Loshchilov & Hutter, arXiv 1711.05101) in `torch.optim.AdamW`'s form: w ← w(1 − ηλ), then
 * m ← β₁m + (1 − β₁)g, v ← β₂v + (1 − β₂)g², w ← w − η·m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ), t from 1.
 * ε stands outside the root.
 */
export function adamw(options: { beta1: number; beta2: number; epsilon: number }): Optimizer {
  const { beta1, beta2, epsilon } = options;
  return {
    name: 'adamw',
    slots: (param) => [{ name: slotName(param.name, meanKind) }, { name: slotName(param.name, squareKind) }],
    update({ param, gradient, slots, learningRate, weightDecay, step }) {
      const [meanName, oldMean] = slotOfKind(slots, meanKind);
      const [squareName, oldSquare] = slotOfKind(slots, squareKind);
      const mean = tf.add(tf.mul(oldMean, beta1), tf.mul(gradient, 1 - beta1));
      const square = tf.add(tf.mul(oldSquare, beta2), tf.mul(tf.square(gradient), 1 - beta2));
      const unbiasedMean = tf.div(mean, correction(beta1, step));
      const unbiasedSquare = tf.div(square, correction(beta2, step));
      const direction = tf.div(unbiasedMean, tf.add(tf.sqrt(unbiasedSquare), epsilon));
      const decayed = weightDecay === 0 ? param : tf.mul(param, tf.sub(1, tf.mul(learningRate, weightDecay)));
      return {
        param: tf.sub(decayed, tf.mul(learningRate, direction)),
        slots: { [meanName]: mean, [squareName]: square },
      };
    },
  };
}

/** 1 − βᵗ by expm1: in float32, 1 − pow(0.999, 1) has an error of 1e-5. β = 0 corrects nothing. */
function correction(beta: number, step: Tensor): Tensor {
  return beta === 0 ? tf.onesLike(step) : tf.neg(tf.expm1(tf.mul(step, Math.log(beta))));
}
