import { groupOfParam } from '../models/spec-queries.ts';
import type { NetSpec } from '../models/net-spec.ts';
import { freezeToInCycle } from '../models/freeze-to.ts';
import { lrScales } from '../models/lr-scales.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import type { Schedule } from '../schedules/schedule-from-config.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { HostInputs } from './batch-source.ts';
import { compileTrainingStep, movingStatistics, type TrainingStep, type TrainStepResult } from './compiled-step.ts';
import type { FineTuneTask } from './fine-tune.ts';

/** Parameters and statistics that training may change, by name: what a snapshot holds and an evaluation is given. */
export function changingParameters(spec: NetSpec, freezeTo: number, config: TrainConfig): string[] {
  const groups = groupOfParam(spec);
  const trainable = spec.params.filter(({ name, trains }) => trains && groups.get(name)! >= freezeTo);
  return [...trainable.map(({ name }) => name), ...movingStatistics(spec, freezeTo, config)];
}

/**
 * The compiled step of the current cycle and its state. Gradual unfreezing changes which parameters train, so the step is
 * traced anew and slots go over by name; a star branch starts again from the first fine-tuned network with fresh slots.
 */
export class TrainingSteps {
  readonly #task: FineTuneTask;
  /** Current values of all changing parameters that the step at hand does not hold. */
  #resting: Record<string, Tensor>;
  #step: TrainingStep | null = null;
  #freezeTo = -1;
  #cycle = -1;

  constructor(task: FineTuneTask) {
    this.#task = task;
    const names = changingParameters(task.network.spec, task.freezeTo, task.config);
    this.#resting = Object.fromEntries(names.map((name) => [name, tf.keep(task.network.params[name]!.clone())]));
  }

  /** Learning-rate scale of every layer group, shallow to deep. */
  get rateScales(): number[] {
    return lrScales(this.#task.network.spec, this.#task.config.tune);
  }

  /**
   * 1-based count of the steps that the optimizer's slots of each layer group have seen, as bias correction needs it: it
   * starts with the group's first cycle, and in every star branch again. 0 for groups that are frozen.
   */
  optimizerSteps(step: number, schedule: Schedule): number[] {
    const { network, config } = this.#task;
    const cycle = schedule.cycleOf(step);
    const since = (first: number) => step + 1 - (schedule.cycleEnds[first - 1] ?? 0);
    return network.spec.groups.map((_, group) => {
      const trains = (one: number) => freezeToInCycle(network.spec, config.tune, one) <= group;
      if (!trains(cycle)) return 0;
      if (config.ensemble.start === 'star') return since(cycle);
      return since(Array.from({ length: cycle + 1 }, (_unused, i) => i).find(trains)!);
    });
  }

  /**
   * Makes the step of `cycle` ready. `restored`: state of a checkpoint taken inside this cycle; `first`: gives the weights
   * that a star branch starts from.
   */
  async enter(
    cycle: number,
    example: HostInputs,
    restored: Record<string, Tensor> | null,
    first: () => Promise<Record<string, Tensor> | null>,
  ): Promise<void> {
    if (cycle === this.#cycle) return;
    const { config } = this.#task;
    const branchStart = config.ensemble.start === 'star' && cycle > 0 && restored === null ? await first() : null;
    const freezeTo = freezeToInCycle(this.#task.network.spec, config.tune, cycle);
    if (this.#step === null || freezeTo !== this.#freezeTo || branchStart !== null || restored !== null) {
      this.#begin(freezeTo, example, { ...(branchStart ?? {}), ...(restored ?? {}) }, branchStart === null);
    }
    tf.dispose(branchStart ?? {});
    this.#cycle = cycle;
  }

  run(inputs: HostInputs, options?: { readonly measured?: boolean }): TrainStepResult {
    return this.#step!.run(inputs, options);
  }

  /** Copies of weights, statistics and slots. The caller disposes them. */
  readState(): Record<string, Tensor> {
    const inStep = this.#step?.readState() ?? {};
    const others = Object.entries(this.#resting).filter(([name]) => !(name in inStep));
    return { ...inStep, ...Object.fromEntries(others.map(([name, tensor]) => [name, tensor.clone()])) };
  }

  /** Copies of the changing parameters, without slots. The caller disposes them. */
  readParameters(): Record<string, Tensor> {
    const state = this.readState();
    const parameters: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(state)) {
      if (name in this.#resting) parameters[name] = tensor;
      else tensor.dispose();
    }
    return parameters;
  }

  dispose(): void {
    this.#step?.dispose();
    this.#step = null;
    tf.dispose(this.#resting);
    this.#resting = {};
  }

  #begin(freezeTo: number, example: HostInputs, values: Record<string, Tensor>, keepSlots: boolean): void {
    const before = this.readState();
    this.#step?.dispose();
    const current = { ...before, ...values };
    for (const name of Object.keys(this.#resting)) {
      this.#resting[name]!.dispose();
      this.#resting[name] = tf.keep(current[name]!.clone());
    }
    const { network, source, config, techniques } = this.#task;
    this.#step = compileTrainingStep({
      spec: network.spec,
      params: { ...network.params, ...this.#resting },
      slots: keepSlots ? current : {},
      source,
      config,
      freezeTo,
      example,
      ...(techniques && { techniques }),
    });
    this.#freezeTo = freezeTo;
    tf.dispose(before);
  }
}
