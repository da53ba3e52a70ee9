import { tf, type Tensor } from '../tensor/tf.ts';

/**
 * g + λw: the gradient of λ/2·‖w‖² added to the loss, PyTorch's `weight_decay` of SGD (a lecture's λ‖w‖² has 2λ here).
 * It goes through the momentum, and the learning rate scales it.
 */
export function coupledL2(gradient: Tensor, param: Tensor, weightDecay: number): Tensor {
  return weightDecay === 0 ? gradient : tf.add(gradient, tf.mul(param, weightDecay));
}
