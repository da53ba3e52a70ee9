import type { EpochOutcome, Validation } from '../schedules/epoch-outcome.ts';
import type { TrainingPlan } from '../schedules/training-plan.ts';
import type { CheckpointPosition } from './checkpoint-position.ts';

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

  advance(loss: number): void {
    const { step, runStep, epochLoss, epochSteps } = this.#position;
    this.#change({ step: step + 1, runStep: runStep + 1, epochLoss: epochLoss + loss, epochSteps: epochSteps + 1 });
  }

  /** Closes the epoch of the newest step. */
  endEpoch(validation: Validation | null): EpochOutcome {
    const { epochLoss, epochSteps, history, step } = this.#position;
    const outcome = { epoch: this.#plan.at(step - 1).epoch, trainLoss: epochLoss / epochSteps, validation };
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
