import { groupOfParam } from '../models/spec-queries.ts';
import type { NetSpec } from '../models/net-spec.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import type { HostInputs } from './batch-source.ts';
import { stateTensors } from './checkpoint.ts';
import { movingStatistics, type TrainingStep, type TrainStepResult } from './compiled-step.ts';
import { CompiledSteps } from './compiled-steps.ts';
import type { FineTuneTask } from './fine-tune-task.ts';

/** Parameters and statistics that training may change, by name: what a snapshot holds and an evaluation is given. */
export function changingParameters(spec: NetSpec, freezeTo: number, config: TrainConfig): string[] {
  const groups = groupOfParam(spec);
  const trainable = spec.params.filter(({ name, trains }) => trains && groups.get(name)! >= freezeTo);
  return [...trainable.map(({ name }) => name), ...movingStatistics(spec, freezeTo, config)];
}

/**
 * The compiled step and its state. Gradual unfreezing changes which parameters train, so another step is compiled and slots go over
 * by name; a star branch starts again from the first fine-tuned network with fresh slots.
 */
export class TrainingSteps {
  readonly #task: FineTuneTask;
  readonly #compiled: CompiledSteps;
  /** Current values of all changing parameters that the step at hand does not hold. */
  #resting: Record<string, Tensor>;
  #step: TrainingStep | null = null;
  #freezeTo = -1;
  /** State of a checkpoint, until the first step. */
  #restored: Record<string, HostTensor> | null;
  readonly #branchStart: () => Promise<Record<string, HostTensor>>;

  /** `restored`: state of the checkpoint that training goes on from; `branchStart` reads the weights that branches start from. */
  constructor(
    task: FineTuneTask,
    restored: Record<string, HostTensor> | null,
    branchStart: () => Promise<Record<string, HostTensor>>,
  ) {
    this.#task = task;
    this.#compiled = task.compiled ?? new CompiledSteps();
    this.#restored = restored;
    this.#branchStart = branchStart;
    const names = changingParameters(task.network.spec, task.freezeTo, task.config);
    this.#resting = Object.fromEntries(names.map((name) => [name, tf.keep(task.network.params[name]!.clone())]));
  }

  /**
   * Makes the compiled step ready for step `step` of the plan: anew after a checkpoint, where the freeze boundary moves, and where a
   * branch begins. `example`: inputs with the shapes of all that come.
   */
  async enter(step: number, example: HostInputs): Promise<void> {
    const { plan } = this.#task;
    const { freezeTo } = plan.at(step);
    const beginsBranch = plan.beginsBranch(step);
    if (!beginsBranch && !this.#restored && this.#step !== null && freezeTo === this.#freezeTo) return;
    // A branch begins from the first network, not from where the branch before it ended.
    const values = stateTensors(beginsBranch ? await this.#branchStart() : (this.#restored ?? {}));
    this.#restored = null;
    this.#begin(freezeTo, example, values, !beginsBranch);
    tf.dispose(values);
  }

  run(inputs: HostInputs, options?: { readonly measured?: boolean }): TrainStepResult {
    return this.#step!.run(inputs, options);
  }

  /**
   * Puts weights, statistics and slots back to a state that `readState` gave; null: to the network before its first step. Slots that the
   * state lacks, of layers that were frozen then, begin anew.
   */
  putBack(state: Readonly<Record<string, Tensor>> | null): void {
    const { network } = this.#task;
    const values = state ?? network.params;
    for (const name of Object.keys(this.#resting)) {
      this.#resting[name]!.dispose();
      this.#resting[name] = tf.keep(values[name]!.clone());
    }
    this.#step!.begin({ params: { ...network.params, ...this.#resting }, slots: state ?? {} });
  }

  /** Copies of weights, statistics and slots. The caller disposes them. */
  readState(): Record<string, Tensor> {
    const inStep = this.#step?.readState() ?? {};
    const resting = Object.entries(this.#resting).filter(([name]) => !(name in inStep));
    return { ...inStep, ...Object.fromEntries(resting.map(([name, tensor]) => [name, tensor.clone()])) };
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
    if (this.#step) this.#compiled.giveBack(this.#step);
    this.#step = null;
    if (!this.#task.compiled) this.#compiled.dispose();
    tf.dispose(this.#resting);
    this.#resting = {};
  }

  #begin(freezeTo: number, example: HostInputs, values: Record<string, Tensor>, keepSlots: boolean): void {
    const before = this.readState();
    if (this.#step) this.#compiled.giveBack(this.#step);
    const current = { ...before, ...values };
    for (const name of Object.keys(this.#resting)) {
      this.#resting[name]!.dispose();
      this.#resting[name] = tf.keep(current[name]!.clone());
    }
    const { network, source, config, techniques } = this.#task;
    this.#step = this.#compiled.take({
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
