import type { Rate } from './rate.ts';

/**
 * The rate is multiplied by `factor` from each milestone on; it never falls below `minLearningRate`.
 * `milestones` are fractions of `steps`: the drop happens on step round(fraction · steps).
 * torch: `MultiStepLR(milestones=[round(f · steps) …], gamma=factor)`, which knows no floor.
 */
export function stepDecayRate(options: {
  maxLearningRate: number;
  minLearningRate: number;
  steps: number;
  milestones: readonly number[];
  factor: number;
}): Rate {
  const { maxLearningRate, minLearningRate, steps, factor } = options;
  const drops = options.milestones.map((fraction) => Math.round(fraction * steps));
  return (step) => {
    let rate = maxLearningRate;
    for (const drop of drops) if (step >= drop) rate *= factor;
    return Math.max(minLearningRate, rate);
  };
}
