import { mix, positionIn, type Rate } from './rate.ts';
import { stepsAfterWarmUp, type ScheduleKind } from './schedule-kind.ts';

/**
 * Half a cosine wave from `maxLearningRate` on the first step to `minLearningRate` on the last, both exactly
 * (Loshchilov & Hutter, SGDR, arXiv 1608.03983, equation 5, one cycle).
 * torch: `CosineAnnealingLR(T_max=steps − 1, eta_min=min)`.
 */
export function cosineRate(options: { maxLearningRate: number; minLearningRate: number; steps: number }): Rate {
  const { maxLearningRate, minLearningRate, steps } = options;
  return (step) => {
    const heightLeft = (1 + Math.cos(Math.PI * positionIn(step, steps))) / 2; // 1 at the peak, 0 at the floor
    return mix(minLearningRate, maxLearningRate, heightLeft);
  };
}

export const cosine: ScheduleKind = {
  layOut(settings, room) {
    const steps = stepsAfterWarmUp(settings, room);
    const { maxLearningRate, minLearningRate } = settings;
    return { steps, cycleEnds: null, rate: cosineRate({ maxLearningRate, minLearningRate, steps }) };
  },
};
