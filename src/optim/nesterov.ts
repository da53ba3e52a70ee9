import { tf } from '../tensor/tf.ts';
import { coupledL2 } from './coupled-l2.ts';
import { momentum } from './momentum.ts';
import { optimizer } from './optimizer.ts';

/** `torch.optim.SGD(momentum=ρ, nesterov=True)`: as momentum.ts, with a look ahead: w ← w − η(ĝ + ρm). */
export const nesterov = optimizer('nesterov', {
  hyper: momentum.hyper,
  update({ param, gradient, slots, learningRate, decays, hyper }) {
    const g = coupledL2(gradient, param, decays, hyper.negatedDecay);
    const m = tf.add(tf.mul(slots.momentum, hyper.rho), g);
    const ahead = tf.add(g, tf.mul(m, hyper.rho));
    return { param: tf.sub(param, tf.mul(learningRate, ahead)), slots: { momentum: m } };
  },
});
