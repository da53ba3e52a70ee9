import type { EnsembleReport, RunEvent } from '../protocol/run-event.ts';
import type { FineTunePlan } from '../schedules/fine-tune-plan.ts';
import type { RunContext } from '../train/run-context.ts';
import { StepMeter } from '../train/step-meter.ts';

type EpochFigures = Pick<
  Extract<RunEvent, { type: 'epochEnded' }>,
  'trainLoss' | 'train' | 'validation' | 'validationLoss'
>;

/** Tells of steps, epochs and cycles as they end; one for each planned training. */
export class RunReport {
  readonly #context: RunContext;
  readonly #plan: FineTunePlan;
  readonly #meter: StepMeter;

  constructor(context: RunContext, plan: FineTunePlan) {
    this.#context = context;
    this.#plan = plan;
    this.#meter = new StepMeter(context, plan.batchSize, plan.schedule.totalSteps);
  }

  started(): void {
    this.#context.started(this.#plan.schedule.totalSteps);
  }

  step({ step, loss, learningRate }: { step: number; loss: number; learningRate: number }): void {
    this.#meter.stepEnded(step, loss, learningRate);
  }

  epoch(epoch: number, figures: EpochFigures): void {
    this.#context.host.emit({
      type: 'epochEnded',
      step: this.#context.step,
      epoch: epoch + 1,
      totalEpochs: this.#plan.schedule.totalEpochs,
      ...figures,
      residentBytes: process.memoryUsage.rss(),
    });
    this.#meter.resume();
  }

  cycle(cycle: number, report: EnsembleReport): void {
    const { host, step } = this.#context;
    host.emit({ type: 'cycleEnded', cycle, totalCycles: this.#plan.schedule.cycleEnds.length, step });
    host.emit({ type: 'ensembleEvaluated', report, step });
    this.#meter.resume();
  }
}
