import * as v from 'valibot';
import type { Immutable } from '../../base/immutable.ts';
import { count } from '../../protocol/schemas.ts';
import type { TrainingPlan } from '../../schedules/training-plan.ts';
import { divergenceCauses } from './loss-watch.ts';

/**
 * Training was put back to its last good state. The count of steps goes on: what was lost is not repeated, so that the pictures and draws
 * that come are others, and every curve stays a function of the step.
 */
export const stepBackSchema = v.object({
  /** Steps done when it happened. */
  step: count,
  /** Steps of the optimizer that were undone by it. */
  lost: count,
  cause: v.picklist(divergenceCauses),
});
export type StepBack = Immutable<v.InferOutput<typeof stepBackSchema>>;

/** After so many the next cause ends the training. */
export const mostStepBacks = 3;
const factorOfOne = 1 / 3;

/** Factor on the rates of the plan from the newest step-back on; exactly 1 without one. */
export function rateFactor(stepBacks: readonly StepBack[]): number {
  return factorOfOne ** stepBacks.length;
}

/** `plan.slotSteps` without the steps that were undone: what the optimizer's slots have really seen, this step included. */
export function slotSteps(plan: TrainingPlan, step: number, stepBacks: readonly StepBack[]): number[] {
  return plan.slotSteps(step).map((planned) => {
    const origin = step + 1 - planned;
    const undone = stepBacks.map(({ step: at, lost }) => Math.max(0, at - Math.max(at - lost, origin)));
    return planned === 0 ? 0 : planned - undone.reduce((sum, steps) => sum + steps, 0);
  });
}
