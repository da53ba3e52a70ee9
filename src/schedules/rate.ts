/**
 * Learning rate of one training step. `step` counts from 0: it is the number of steps already done. Steps past the end
 * keep the last rate, so a caller that rounds up to whole epochs is never surprised.
 */
export type Rate = (step: number) => number;

/** Weighted mean that gives `from` at weight 0 and `to` at weight 1 exactly, with no rounding. */
export function mix(from: number, to: number, weight: number): number {
  return from * (1 - weight) + to * weight;
}

/** Position of a step in a span of `steps` steps: 0 on its first, 1 on its last; a span of one step stays at 0. */
export function positionIn(step: number, steps: number): number {
  return steps <= 1 ? 0 : Math.min(1, step / (steps - 1));
}
