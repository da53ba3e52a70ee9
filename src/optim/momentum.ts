import { tf } from '../tensor/tf.ts';
import { coupledL2 } from './coupled-l2.ts';
import { optimizer } from './optimizer.ts';

/**
 * `torch.optim.SGD(momentum=ρ)` without dampening, with ĝ = g + λw: m ← ρm + ĝ, then w ← w − ηm.
 * The rate stands outside m, so a change of rate acts at once (Sutskever et al. 2013 put it inside).
 */
export const momentum = optimizer('momentum', {
  hyper: { rho: (config) => config.momentum, negatedDecay: ({ weightDecay }) => -weightDecay },
  update({ param, gradient, slots, learningRate, decays, hyper }) {
    const g = coupledL2(gradient, param, decays, hyper.negatedDecay);
    const m = tf.add(tf.mul(slots.momentum, hyper.rho), g);
    return { param: tf.sub(param, tf.mul(learningRate, m)), slots: { momentum: m } };
  },
});
