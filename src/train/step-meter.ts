import { Throttle } from '../base/throttle.ts';
import type { TrainingPlan } from '../schedules/training-plan.ts';
import type { RunContext } from './run-context.ts';
import type { StepEnd } from './train-listener.ts';

/** Tells of steps at most twenty times a second, with speed and time left from a running mean. */
export class StepMeter {
  readonly #context: RunContext;
  readonly #plan: TrainingPlan;
  #last = performance.now();
  readonly #throttle = new Throttle(50);
  #secondsPerStep: number | null = null;
  /** Of steps that were not told: not every step measures everything. */
  #measures: StepEnd['measures'] | null = null;

  constructor(context: RunContext, plan: TrainingPlan) {
    this.#context = context;
    this.#plan = plan;
  }

  stepEnded({ step: done, measures }: StepEnd): void {
    const now = performance.now();
    const seconds = (now - this.#last) / 1000;
    this.#last = now;
    // The first step pays for tracing; it says nothing about the others.
    if (done > 1)
      this.#secondsPerStep = this.#secondsPerStep === null ? seconds : 0.95 * this.#secondsPerStep + 0.05 * seconds;
    this.#measures = { ...this.#measures, ...measures };
    const left = this.#plan.totalSteps - done;
    if (!this.#throttle.passes() && left > 0) return;
    const perStep = this.#secondsPerStep;
    const { step, host } = this.#context;
    host.emit({
      type: 'stepEnded',
      step,
      measures: this.#measures,
      picturesPerSecond: perStep === null ? 0 : this.#plan.batchSize / perStep,
      totalSteps: step + left,
      secondsLeft: perStep === null ? null : left * perStep,
    });
    this.#measures = null;
  }

  /** Work that is not a step (evaluation, checkpoints) is not counted into the next one. */
  resume(): void {
    this.#last = performance.now();
  }
}
