import { compileTrainingStep, type TrainingStep, type TrainingStepOptions } from './compiled-step.ts';

/**
 * Compiled steps that the trainings of a run hand on to each other: those of the folds differ in state alone, and so do star branches.
 * TensorFlow takes seconds to prepare a step, and computes the same in one that was used before.
 */
export class CompiledSteps {
  /** The newest alone: trainings that follow each other ask for what was used last, and each holds weights of its own. */
  #idle: TrainingStep | null = null;

  /** A step that begins as the options say: an idle one that serves them, else one that is compiled. Give it back after use. */
  take(options: TrainingStepOptions): TrainingStep {
    const step = this.#idle;
    if (!step?.serves(options)) {
      this.dispose();
      return compileTrainingStep(options);
    }
    this.#idle = null;
    step.begin(options);
    return step;
  }

  giveBack(step: TrainingStep): void {
    this.dispose();
    this.#idle = step;
  }

  dispose(): void {
    this.#idle?.dispose();
    this.#idle = null;
  }
}
