import { tf } from '../tensor/tf.ts';
import { coupledL2 } from './coupled-l2.ts';
import { optimizer } from './optimizer.ts';

/** w ← w − η·(g + λw), as `torch.optim.SGD(momentum=0)`. */
export const sgd = optimizer('sgd', {
  hyper: { negatedDecay: ({ weightDecay }) => -weightDecay },
  update: ({ param, gradient, learningRate, decays, hyper }) => ({
    param: tf.sub(param, tf.mul(learningRate, coupledL2(gradient, param, decays, hyper.negatedDecay))),
    slots: {},
  }),
});
