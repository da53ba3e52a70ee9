import type { Rate } from './rate.ts';
import { stepsAfterWarmUp, type ScheduleKind } from './schedule-kind.ts';

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

export const stepDecay: ScheduleKind = {
  layOut(settings, room) {
    const steps = stepsAfterWarmUp(settings, room);
    const { maxLearningRate, minLearningRate, stepMilestones: milestones, stepFactor: factor } = settings;
    return {
      steps,
      cycleEnds: null,
      rate: stepDecayRate({ maxLearningRate, minLearningRate, steps, milestones, factor }),
    };
  },
};
