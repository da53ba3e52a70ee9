import { tf, type Tensor } from '../tensor/tf.ts';
import { globalNorm } from './global-norm.ts';

/**
 * Scales all gradients by one factor so that their common norm is at most `maxNorm`; `torch.nn.utils.clip_grad_norm_`:
 * g · min(1, θ / (‖g‖ + 1e-6)). Its 1e-6, kept here, only matters where ‖g‖ is tiny.
 * Gradients: float32, by parameter name. Caller disposes, or runs inside `tf.tidy`.
 */
export function clipByGlobalNorm(gradients: Readonly<Record<string, Tensor>>, maxNorm: number): Record<string, Tensor> {
  const norm = globalNorm(Object.values(gradients));
  const factor = tf.minimum(1, tf.div(maxNorm, tf.add(norm, 1e-6)));
  return Object.fromEntries(Object.entries(gradients).map(([name, gradient]) => [name, tf.mul(gradient, factor)]));
}
