import type { Rate } from './rate.ts';

/** The baseline that every other schedule has to beat. */
export function constantRate(learningRate: number): Rate {
  return () => learningRate;
}
