import { tf } from '../tensor/tf.ts';
import { coupledL2 } from './coupled-l2.ts';
import type { Optimizer } from './optimizer.ts';

/** w ← w − η·(g + λw), as `torch.optim.SGD(momentum=0)`. */
export function sgd(): Optimizer {
  return {
    name: 'sgd',
    slots: () => [],
    update: ({ param, gradient, learningRate, weightDecay }) => ({
      param: tf.sub(param, tf.mul(learningRate, coupledL2(gradient, param, weightDecay))),
      slots: {},
    }),
  };
}
