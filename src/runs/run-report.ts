import type { EnsembleReport, RunEvent } from '../protocol/run-event.ts';
import type { TrainingPlan } from '../schedules/training-plan.ts';
import type { RunContext } from '../train/run-context.ts';
import { StepMeter } from '../train/step-meter.ts';
import type { StepEnd } from '../train/train-listener.ts';

type EpochFigures = Pick<
  Extract<RunEvent, { type: 'epochEnded' }>,
  'trainLoss' | 'train' | 'validation' | 'validationLoss'
>;

/** Tells of steps, epochs and snapshots; one for each planned training. */
export class RunReport {
  readonly #context: RunContext;
  readonly #plan: TrainingPlan;
  readonly #meter: StepMeter;

  constructor(context: RunContext, plan: TrainingPlan) {
    this.#context = context;
    this.#plan = plan;
    this.#meter = new StepMeter(context, plan);
  }

  started(done: number): void {
    this.#context.started(this.#plan.record, done);
  }

  step(step: StepEnd): void {
    this.#meter.stepEnded(step);
  }

  epoch(epoch: number, figures: EpochFigures): void {
    this.#context.host.emit({
      type: 'epochEnded',
      step: this.#context.step,
      epoch: epoch + 1,
      totalEpochs: this.#plan.epochs,
      ...figures,
      residentBytes: process.memoryUsage.rss(),
    });
    this.#meter.resume();
  }

  /** `snapshot`: index among the plan's. */
  snapshot(snapshot: number, report: EnsembleReport): void {
    const { host, step } = this.#context;
    host.emit({ type: 'cycleEnded', cycle: snapshot, totalCycles: this.#plan.snapshots.length, step });
    host.emit({ type: 'ensembleEvaluated', report, step });
    this.#meter.resume();
  }
}
