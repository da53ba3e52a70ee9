import { readsAgree, watchReads } from '../base/watch-reads.ts';
import type { NetSpec } from '../models/net-spec.ts';
import { slotKinds, type SlotStart } from '../settings/slot-kinds.ts';
import { groupOfNode, statisticsOfNode } from '../models/spec-queries.ts';
import { slotName } from '../optim/optimizer.ts';
import { trainedParameters, type TrainedParameter } from '../optim/trained-parameters.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { compileStep } from '../tensor/compile.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { BatchSource, HostInputs } from './batch-source.ts';
import { toTensors } from './host-input.ts';
import { parametersBehind } from './network.ts';
import { tracedTechniques, withKey } from './technique-hooks.ts';
import type { StateTensor, StepTechnique, Tensors } from './technique.ts';
import { pick, traceStep } from './trace-step.ts';

export interface TrainStepResult {
  readonly loss: number;
  /** By name; empty unless they were asked for. */
  readonly measures: Readonly<Record<string, number>>;
}

/** A traced step with its state: trained parameters, optimizer slots, moving statistics, what techniques keep. */
export interface TrainingStep {
  /** One step on. `measured`: also reads the measures, which changes nothing else. */
  run(inputs: HostInputs, options?: { readonly measured?: boolean }): TrainStepResult;
  /** Copies of the state. The caller disposes them. */
  readState(): Tensors;
  writeState(values: Tensors): void;
  /**
   * Whether this trace is that of other options too: the same network, source and techniques, inputs of the same shapes, the very
   * tensors in what is frozen, and an equal value of every setting that the trace read.
   */
  serves(options: TrainingStepOptions): boolean;
  /** Sets the state to the start of options that it serves. */
  begin(options: Pick<TrainingStepOptions, 'params' | 'slots'>): void;
  dispose(): void;
}

export interface TrainingStepOptions {
  readonly spec: NetSpec;
  /** Every parameter and statistic behind the source, runtime layout. */
  readonly params: Tensors;
  /** Slots and technique state to go on with, by name; what is missing starts as it is declared. */
  readonly slots: Tensors;
  readonly source: BatchSource;
  readonly config: TrainConfig;
  /** Layer groups below this index are frozen. */
  readonly freezeTo: number;
  /** Inputs of one batch: their shapes fix the trace. */
  readonly example: HostInputs;
  /** Default: all of techniques/index.ts. */
  readonly techniques?: readonly StepTechnique[];
}

/**
 * Traces one training step. Fed besides the batch: `targets` [B, classes], `denominator`, `rates` [groups], `steps` [groups]
 * (1-based), `hyper` [numbers of the optimizer], and `<key>/<name>` of the techniques.
 */
export function compileTrainingStep(options: TrainingStepOptions): TrainingStep {
  const { spec, source, freezeTo, params, techniques: offered } = options;
  const { value: config, reads } = watchReads(options.config);
  const trained = trainedParameters(spec, freezeTo);
  const techniques = tracedTechniques(config, offered);
  const changing = [...trained.map(({ param }) => param.name), ...movingStatistics(spec, freezeTo, config)];
  const fixed = [...parametersBehind(spec, source.from)].filter((name) => !changing.includes(name));
  const frozen = pick(params, fixed);
  const shapes = shapesOf(options.example);
  const slotsOf = (start: Pick<TrainingStepOptions, 'params' | 'slots'>): Tensors =>
    firstSlots(trained, techniques, start, config);
  const slots = slotsOf(options);
  const example = toTensors(options.example);
  let measureNames: readonly string[] = [];
  const compiled = compileStep<Tensors, { loss: Tensor; measures: Tensor }, Tensors>({
    name: 'training step',
    state: { ...pick(params, changing), ...slots },
    inputs: example,
    constants: { ...frozen, ...source.constants },
    step(state, inputs, constants) {
      const parts = { spec, source, config, freezeTo, trained, techniques };
      const { names, ...result } = traceStep(parts, state, inputs, constants);
      measureNames = names;
      return result;
    },
  });
  tf.dispose([example, slots]);
  return {
    ...compiled,
    serves: (other) =>
      other.spec === spec &&
      other.source === source &&
      other.freezeTo === freezeTo &&
      other.techniques === offered &&
      fixed.every((name) => other.params[name] === frozen[name]) &&
      shapesOf(other.example) === shapes &&
      readsAgree(reads, other.config),
    begin(start) {
      const fresh = slotsOf(start);
      compiled.writeState({ ...pick(start.params, changing), ...fresh });
      tf.dispose(fresh);
    },
    run(inputs, { measured = false } = {}) {
      const tensors = toTensors(inputs);
      const outputs = compiled.run(tensors);
      const loss = outputs.loss.dataSync()[0]!;
      const values = measured ? outputs.measures.dataSync() : [];
      tf.dispose([tensors, outputs]);
      return { loss, measures: Object.fromEntries(Array.from(values, (value, i) => [measureNames[i]!, value])) };
    },
  };
}

/** What a trace fixes of its inputs. */
const shapesOf = (inputs: HostInputs): string =>
  JSON.stringify(Object.entries(inputs).map(([name, { dtype, shape }]) => [name, dtype, shape]));

/** Names of the running statistics that training moves. */
export function movingStatistics(spec: NetSpec, freezeTo: number, config: TrainConfig): string[] {
  if (config.tune.normMode === 'frozen') return [];
  const groups = groupOfNode(spec);
  return spec.nodes.filter((node) => (groups.get(node.name) ?? 0) >= freezeTo).flatMap(statisticsOfNode);
}

/** Optimizer slots and the state of techniques: what is at hand, else their declared start. */
function firstSlots(
  trained: readonly TrainedParameter[],
  techniques: readonly StepTechnique[],
  { slots, params }: Pick<TrainingStepOptions, 'params' | 'slots'>,
  config: TrainConfig,
): Tensors {
  const kinds = Object.entries<SlotStart>(slotKinds[config.optimizer.name]);
  const ofOptimizer = trained.flatMap(({ param: { name } }) =>
    kinds.map(([kind, start]) => [slotName(name, kind), { name, like: name, start } satisfies StateTensor] as const),
  );
  const ofTechniques = techniques.flatMap(({ declaration: { key }, state }) => {
    const declared = state?.(trained, config) ?? [];
    return Object.entries(withKey(key, Object.fromEntries(declared.map((tensor) => [tensor.name, tensor]))));
  });
  return Object.fromEntries(
    [...ofOptimizer, ...ofTechniques].map(([name, tensor]) => [name, slots[name]?.clone() ?? startOf(tensor, params)]),
  );
}

function startOf(tensor: StateTensor, params: Tensors): Tensor {
  const shape = 'like' in tensor ? params[tensor.like]!.shape : [...tensor.shape];
  if (typeof tensor.start === 'number') return tf.fill(shape, tensor.start);
  if (!('like' in tensor) || tensor.start === 'zero') return tf.zeros(shape);
  // A copy of the data: a clone shares them, and a trace could not tell the two apart.
  return tf.tensor(params[tensor.like]!.dataSync(), shape);
}
