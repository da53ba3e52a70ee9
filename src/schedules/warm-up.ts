import { mix, type Rate } from './rate.ts';

/**
 * `warmupSteps` steps that climb in a straight line from `from` to `to`, then `rate` from its own step 0.
 * Warm-up step s has weight (s + 1) / (warmupSteps + 1): neither `from` (which may be 0, a step for nothing) nor `to`
 * (the first step of `rate`) is spent in it. torch: `LinearLR(start_factor=1/(w + 1), total_iters=w)` where `from` is 0.
 */
export function withWarmUp(rate: Rate, options: { warmupSteps: number; from: number; to: number }): Rate {
  const { warmupSteps, from, to } = options;
  return (step) => (step < warmupSteps ? mix(from, to, (step + 1) / (warmupSteps + 1)) : rate(step - warmupSteps));
}
