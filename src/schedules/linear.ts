import { mix, positionIn, type Rate } from './rate.ts';
import { stepsAfterWarmUp, type ScheduleKind } from './schedule-kind.ts';

/**
 * A straight line from `maxLearningRate` on the first step to `minLearningRate` on the last, both exactly.
 * torch: `LinearLR(start_factor=1, end_factor=min/max, total_iters=steps − 1)`.
 */
export function linearRate(options: { maxLearningRate: number; minLearningRate: number; steps: number }): Rate {
  const { maxLearningRate, minLearningRate, steps } = options;
  return (step) => mix(maxLearningRate, minLearningRate, positionIn(step, steps));
}

export const linear: ScheduleKind = {
  layOut(settings, room) {
    const steps = stepsAfterWarmUp(settings, room);
    const { maxLearningRate, minLearningRate } = settings;
    return { steps, cycleEnds: null, rate: linearRate({ maxLearningRate, minLearningRate, steps }) };
  },
};
