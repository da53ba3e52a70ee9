import type { RunContext } from './run-context.ts';

/** Tells of steps at most twenty times a second, with speed and time left from a running mean. */
export class StepMeter {
  readonly #context: RunContext;
  readonly #batchSize: number;
  readonly #totalSteps: number;
  #last = performance.now();
  #told = -Infinity;
  #secondsPerStep: number | null = null;

  constructor(context: RunContext, batchSize: number, totalSteps: number) {
    this.#context = context;
    this.#batchSize = batchSize;
    this.#totalSteps = totalSteps;
  }

  /** `done`: steps of this part of the run. */
  stepEnded(done: number, loss: number, learningRate: number): void {
    const now = performance.now();
    const seconds = (now - this.#last) / 1000;
    this.#last = now;
    // The first step pays for tracing; it says nothing about the others.
    if (done > 1)
      this.#secondsPerStep = this.#secondsPerStep === null ? seconds : 0.95 * this.#secondsPerStep + 0.05 * seconds;
    if (now - this.#told < 50 && done < this.#totalSteps) return;
    this.#told = now;
    const perStep = this.#secondsPerStep;
    this.#context.host.emit({
      type: 'stepEnded',
      step: this.#context.step,
      loss,
      learningRate,
      picturesPerSecond: perStep === null ? 0 : this.#batchSize / perStep,
      totalSteps: this.#totalSteps,
      secondsLeft: perStep === null ? null : (this.#totalSteps - done) * perStep,
    });
  }

  /** Work that is not a step (evaluation, checkpoints) is not counted into the next one. */
  resume(): void {
    this.#last = performance.now();
  }
}
