import { tf, type Tensor } from '../tensor/tf.ts';

/**
 * g + λw: the gradient of λ/2·‖w‖² added to the loss, PyTorch's `weight_decay` of SGD (a lecture's λ‖w‖² has 2λ here).
 * It goes through the momentum, and the learning rate scales it. Written as a difference: TensorFlow's optimiser gathers
 * chains of sums into AddN and computes that, where memory is short, in whatever order its terms are ready, so that one
 * run would not repeat another bit for bit.
 * @param negatedDecay float32 scalar −λ
 */
export function coupledL2(gradient: Tensor, param: Tensor, decays: boolean, negatedDecay: Tensor): Tensor {
  return decays ? tf.sub(gradient, tf.mul(param, negatedDecay)) : gradient;
}
