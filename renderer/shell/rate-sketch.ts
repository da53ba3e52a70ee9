import type { TrainingPlan } from '../../src/schedules/training-plan.ts';

/** The learning rate of a whole training as `columns` values from 0 (floor) to 1 (peak), on a logarithmic scale where it never is 0. */
export function rateSketch(plan: TrainingPlan, columns: number): number[] {
  const rates = Array.from({ length: columns }, (_, i) =>
    plan.rate(Math.floor((i / (columns - 1)) * (plan.totalSteps - 1))),
  );
  const peak = Math.max(...rates);
  const floor = Math.min(...rates);
  if (peak === floor) return rates.map(() => 1);
  return rates.map((rate) => (floor > 0 ? Math.log(rate / floor) / Math.log(peak / floor) : rate / peak));
}
