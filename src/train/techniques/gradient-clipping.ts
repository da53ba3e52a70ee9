import { clipByGlobalNorm } from '../../optim/clip-by-global-norm.ts';
import { gradientClipping as declaration } from '../../settings/gradient-clipping.ts';
import type { StepTechnique } from '../technique.ts';

/**
 * g · min(1, θ / ‖g‖), the norm taken over all trained parameters together (Pascanu et al. 2013, arXiv 1211.5063, algorithm 1).
 * θ is a constant of the trace: fed, it lets TensorFlow multiply in another order, and runs would not repeat those of before.
 */
export const gradientClipping: StepTechnique = {
  declaration,
  active: (config) => config.optimizer.clipNorm > 0,
  trace: { gradients: (gradients, { config }) => clipByGlobalNorm(gradients, config.optimizer.clipNorm) },
};
