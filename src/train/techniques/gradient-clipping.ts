import { clipByGlobalNorm } from '../../optim/clip-by-global-norm.ts';
import type { Technique } from '../technique.ts';

/** g · min(1, θ / ‖g‖), the norm taken over all trained parameters together. */
export const gradientClipping: Technique = {
  key: 'gradientClipping',
  source: 'Pascanu et al. 2013, arXiv 1211.5063, algorithm 1',
  active: (config) => config.optimizer.clipNorm > 0,
  gradients: (config, gradients) => clipByGlobalNorm(gradients, config.optimizer.clipNorm),
};
