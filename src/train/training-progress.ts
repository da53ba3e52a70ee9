import type { EpochOutcome, Validation } from '../schedules/epoch-outcome.ts';
import type { TrainingPlan } from '../schedules/training-plan.ts';
import type { CheckpointPosition } from './checkpoint-position.ts';
import { watchAgain, watchStep, type DivergenceCause, type LossWatch } from './safety/loss-watch.ts';
import { rateFactor, type StepBack } from './safety/step-backs.ts';
import type { StepMeasures } from './train-listener.ts';

/** Where a training stands in its plan, and whether it has ended. */
export class TrainingProgress {
  readonly #plan: TrainingPlan;
  #position: CheckpointPosition;

  constructor(plan: TrainingPlan, position: CheckpointPosition) {
    this.#plan = plan;
    this.#position = position;
  }

  /** What a checkpoint holds of it. */
  get position(): CheckpointPosition {
    return this.#position;
  }

  /** Steps done in this training. */
  get step(): number {
    return this.#position.step;
  }

  /** The epochs that have ended, oldest first. */
  get history(): readonly EpochOutcome[] {
    return this.#position.history;
  }

  /** At the end of the plan, out of patience, or stopped by a listener. */
  get ended(): boolean {
    const { stopped, bestAccuracy, bestSnapshot } = this.#position;
    if (stopped || this.step >= this.#plan.totalSteps) return true;
    return bestAccuracy !== null && this.#plan.outOfPatience(this.snapshots, bestSnapshot);
  }

  /** Snapshots taken. */
  get snapshots(): number {
    return this.#plan.snapshotsTaken(this.step);
  }

  /** What the steps so far say of the loss. */
  get watch(): LossWatch {
    return this.#position.watch;
  }

  /** The times that training was put back, oldest first. */
  get stepBacks(): readonly StepBack[] {
    return this.#position.stepBacks;
  }

  /** Factor on the plan's rates. */
  get rateFactor(): number {
    return rateFactor(this.stepBacks);
  }

  /** Steps done when the newest good state stood. */
  get goodStep(): number {
    return this.#position.goodStep;
  }

  /** Of the current epoch so far, or of its steps since training was put back; null before the first. */
  get epochMean(): { readonly meanLoss: number; readonly steps: number } | null {
    const { epochLoss, epochSteps: steps } = this.#position;
    return steps === 0 ? null : { meanLoss: epochLoss / steps, steps };
  }

  /** Takes the newest step into the watch; tells what is wrong with it. */
  watchStep(measures: StepMeasures, constantLoss: number): DivergenceCause | null {
    const { watch, cause } = watchStep(this.watch, measures, constantLoss);
    this.#change({ watch });
    return cause;
  }

  /** `loss`: null where it counts in no mean, for training will be put back. */
  advance(loss: number | null): void {
    const { step, runStep, epochLoss, epochSteps } = this.#position;
    this.#change({ step: step + 1, runStep: runStep + 1 });
    if (loss !== null) this.#change({ epochLoss: epochLoss + loss, epochSteps: epochSteps + 1 });
  }

  /** The state at hand is one that training can be put back to. */
  standsWell(): void {
    this.#change({ goodStep: this.step, goodIsStart: false });
  }

  /** Training was put back to its good state, which from now on stands at this step. */
  stepBack(cause: DivergenceCause): void {
    const { step, goodStep, stepBacks, watch } = this.#position;
    const newest = { step, lost: step - goodStep, cause };
    this.#change({ stepBacks: [...stepBacks, newest], goodStep: step, watch: watchAgain(watch) });
    this.#change({ epochLoss: 0, epochSteps: 0 });
  }

  /** Closes the epoch of the newest step. */
  endEpoch(validation: Validation | null): EpochOutcome {
    const { history, step, watch } = this.#position;
    // Training may have been put back in the epoch's last step: then the loss is that of before.
    const trainLoss = this.epochMean?.meanLoss ?? history.at(-1)?.trainLoss ?? watch.startLoss ?? 0;
    const outcome = { epoch: this.#plan.at(step - 1).epoch, trainLoss, validation };
    this.#change({ epochLoss: 0, epochSteps: 0, history: [...history, outcome] });
    return outcome;
  }

  /** The newest snapshot is the best one where its accuracy is higher than all before, and where nothing is held out. */
  judge(snapshot: number, validation: Validation | null): void {
    const { bestAccuracy } = this.#position;
    const accuracy = validation?.accuracy ?? null;
    if (accuracy === null || bestAccuracy === null || accuracy > bestAccuracy)
      this.#change({ bestAccuracy: accuracy, bestSnapshot: snapshot });
  }

  /** Ends the training here. */
  stop(): void {
    this.#change({ stopped: true });
  }

  #change(values: Partial<CheckpointPosition>): void {
    this.#position = { ...this.#position, ...values };
  }
}
