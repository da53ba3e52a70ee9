import type { PlannedSnapshot, PlanRecord } from '../protocol/plan-record.ts';
import type { EpochOutcome } from './epoch-outcome.ts';
import { scheduleKinds, type ScheduleKinds } from './index.ts';
import type { ScheduleLayout } from './schedule-kind.ts';
import { withWarmUp } from './warm-up.ts';

/** Where a step stands. Everything counts from 0. */
export interface StepPlace {
  readonly epoch: number;
  /** Within the epoch. */
  readonly batch: number;
  readonly batchSize: number;
  /**
   * Seeds order and draws, so that star branches see others. It is the branch of the epoch's first step: where a branch begins within
   * an epoch, a resumed run must see the same order.
   */
  readonly branch: number;
  readonly cycle: number;
  /** Layer groups below this one are frozen. */
  readonly freezeTo: number;
}

/** Steps of an epoch over all pictures; its last batch may be short. */
export function stepsOfEpoch({ pictures, batchSize }: Pick<PlanRecord, 'pictures' | 'batchSize'>): number {
  return Math.ceil(pictures / batchSize);
}

/**
 * One training from its first step to its last, as pure functions of the step: trainer, planner and charts ask the same code, and
 * nobody else divides steps by epochs. `done` is a number of steps done, so the step that comes next has that number.
 */
export class TrainingPlan {
  readonly record: PlanRecord;
  readonly #stepsPerEpoch: number;
  readonly #layout: ScheduleLayout;

  constructor(record: PlanRecord, kinds: ScheduleKinds = scheduleKinds) {
    const { schedule, warmupSteps } = record;
    this.record = record;
    this.#stepsPerEpoch = stepsOfEpoch(record);
    this.#layout = kinds[schedule.name].layOut(schedule, { stepsPerEpoch: this.#stepsPerEpoch, warmupSteps });
  }

  get totalSteps(): number {
    return this.record.totalSteps;
  }

  get batchSize(): number {
    return this.record.batchSize;
  }

  /** Factor on the learning rate of every layer group, shallow to deep. */
  get lrScales(): number[] {
    return this.record.layerGroups.map(({ lrScale }) => lrScale);
  }

  get snapshots(): readonly PlannedSnapshot[] {
    return this.record.snapshots;
  }

  get restarts(): readonly number[] {
    return this.record.restarts;
  }

  /** Epochs begun: with a fractional warm-up or cycle growth the last one is cut short. */
  get epochs(): number {
    return Math.ceil(this.totalSteps / this.#stepsPerEpoch);
  }

  /** Pictures shown in all, each as often as it is. */
  get picturesShown(): number {
    const { pictures, batchSize } = this.record;
    const whole = Math.floor(this.totalSteps / this.#stepsPerEpoch);
    return whole * pictures + (this.totalSteps % this.#stepsPerEpoch) * batchSize;
  }

  /** Times at which held-out pictures judge the network: after every epoch, and at snapshots within one. */
  get validations(): number {
    return this.epochs + this.snapshots.filter(({ step }) => !this.endsEpoch(step)).length;
  }

  at(step: number): StepPlace {
    const epoch = Math.floor(step / this.#stepsPerEpoch);
    const { batchSize, branches, restarts, unfreezings } = this.record;
    return {
      epoch,
      batch: step % this.#stepsPerEpoch,
      batchSize,
      branch: reached(branches, epoch * this.#stepsPerEpoch),
      cycle: reached(restarts, step),
      freezeTo: unfreezings.findLast((entry) => entry.step <= step)!.freezeTo,
    };
  }

  /**
   * Learning rate of step `step` for a layer group with scale 1. `history`: the epochs that ended before it, oldest first; only a rule
   * that looks back reads it.
   */
  rate(step: number, history: readonly EpochOutcome[] = []): number {
    const { warmupSteps, schedule } = this.record;
    const { minLearningRate: from, maxLearningRate: to } = schedule;
    return withWarmUp((after) => this.#layout.rate(after, history), { warmupSteps, from, to })(step);
  }

  /**
   * 1-based count of the steps that the optimizer's slots of each layer group have seen, step `step` included, as bias correction
   * needs it: it starts when the group is unfrozen, and in every branch again. 0 for groups that are frozen.
   */
  slotSteps(step: number): number[] {
    const { branches, layerGroups, unfreezings } = this.record;
    const { freezeTo } = this.at(step);
    const branch = branches.findLast((start) => start <= step) ?? 0;
    return layerGroups.map((_, group) => {
      if (group < freezeTo) return 0;
      const unfrozen = unfreezings.find((entry) => entry.freezeTo <= group)!.step;
      return step + 1 - Math.max(branch, unfrozen);
    });
  }

  /** Whether the weights go back to those of the first snapshot before step `step`. */
  beginsBranch(step: number): boolean {
    return this.record.branches.includes(step);
  }

  /** Whether the network after `done` steps is what later branches start from. */
  endsTrunkOfBranches(done: number): boolean {
    return this.record.branches[0] === done;
  }

  /** Whether an epoch ends after `done` steps; the last one may be cut short. */
  endsEpoch(done: number): boolean {
    return done > 0 && (done % this.#stepsPerEpoch === 0 || done === this.totalSteps);
  }

  /** The snapshot that is taken after `done` steps. */
  snapshotAfter(done: number): PlannedSnapshot | null {
    return this.snapshots.find(({ step }) => step === done) ?? null;
  }

  /** Number of snapshots taken by the time that `done` steps are. */
  snapshotsTaken(done: number): number {
    return this.snapshots.filter(({ step }) => step <= done).length;
  }

  /** Whether a checkpoint is written after `done` steps whatever the clock says. */
  savesAfter(done: number): boolean {
    return this.record.checkpoints.includes(done);
  }

  /** Whether training ends early: `taken` snapshots were taken, and the best of them is the `best`-th (0-based). */
  outOfPatience(taken: number, best: number): boolean {
    const { patience } = this.record;
    return patience !== null && taken - 1 - best >= patience;
  }

  /** Epochs that `done` steps are, with fractions. */
  epochsIn(done: number): number {
    return done / this.#stepsPerEpoch;
  }

  /** Steps that `epochs` epochs are, with fractions. */
  stepsIn(epochs: number): number {
    return epochs * this.#stepsPerEpoch;
  }
}

/** How many of the steps in `starts` do not lie behind `step`. */
function reached(starts: readonly number[], step: number): number {
  return starts.filter((start) => start <= step).length;
}
