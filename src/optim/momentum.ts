import { tf } from '../tensor/tf.ts';
import { coupledL2 } from './coupled-l2.ts';
import { slotName, slotOfKind, type Optimizer } from './optimizer.ts';

const kind = 'momentum';

/**
 * `torch.optim.SGD(momentum=ρ, nesterov=…)` without dampening, with ĝ = g + λw:
 * m ← ρm + ĝ, then w ← w − ηm, or with Nesterov's look-ahead w ← w − η(ĝ + ρm).
 * The rate stands outside m, so a change of rate acts at once (Sutskever et al. 2013 put it inside).
 */
export function momentum(options: { momentum: number; nesterov: boolean }): Optimizer {
  const rho = options.momentum;
  return {
    name: options.nesterov ? 'nesterov' : 'momentum',
    slots: (param) => [{ name: slotName(param.name, kind) }],
    update({ param, gradient, slots, learningRate, weightDecay }) {
      const [name, old] = slotOfKind(slots, kind);
      const g = coupledL2(gradient, param, weightDecay);
      const m = tf.add(tf.mul(old, rho), g);
      const direction = options.nesterov ? tf.add(g, tf.mul(m, rho)) : m;
      return { param: tf.sub(param, tf.mul(learningRate, direction)), slots: { [name]: m } };
    },
  };
}
