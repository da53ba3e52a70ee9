import type { Rate } from './rate.ts';
import { stepsAfterWarmUp, type ScheduleKind } from './schedule-kind.ts';

/** The baseline that every other schedule has to beat. */
export function constantRate(learningRate: number): Rate {
  return () => learningRate;
}

export const constant: ScheduleKind = {
  layOut: (settings, room) => ({
    steps: stepsAfterWarmUp(settings, room),
    cycleEnds: null,
    rate: constantRate(settings.maxLearningRate),
  }),
};
