import type { NetSpec } from '../models/net-spec.ts';
import { groupOfNode, statisticsOfNode } from '../models/spec-queries.ts';
import { forward } from '../nn/forward.ts';
import { createOptimizer, type Optimizer } from '../optim/create-optimizer.ts';
import { parameterGroups, type TrainedParameter } from '../optim/parameter-groups.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import { compileStep, type CompiledStep } from '../tensor/compile.ts';
import { tf, type Tensor } from '../tensor/tf.ts';
import type { BatchSource, HostInputs } from './batch-source.ts';
import { toTensors } from './host-input.ts';
import { crossEntropy } from './loss.ts';
import { parametersBehind } from './network.ts';
import { techniques } from './techniques/index.ts';

type Tensors = Record<string, Tensor>;
export type TrainingStep = CompiledStep<Tensors, { loss: Tensor }>;

export interface TrainingStepOptions {
  readonly spec: NetSpec;
  /** Every parameter and statistic behind the source, runtime layout. */
  readonly params: Tensors;
  /** Optimizer slots to go on with, by name; missing ones start at zero. */
  readonly slots: Tensors;
  readonly source: BatchSource;
  readonly config: TrainConfig;
  /** Layer groups below this index are frozen. */
  readonly freezeTo: number;
  /** Inputs of one batch: their shapes fix the trace. */
  readonly example: HostInputs;
}

/**
 * Traces one training step: activations at the boundary → forward → loss → gradients → techniques → optimizer. Its state
 * holds the trained parameters, their slots and, in training mode, the batch-norm statistics. Fed besides the batch:
 * `targets` [B, classes], `denominator`, `rates` [groups], `steps` [groups] (1-based), `seed` int32 [2].
 */
export function compileTrainingStep(options: TrainingStepOptions): TrainingStep {
  const { spec, source, config, freezeTo, params } = options;
  const { trained } = parameterGroups(spec, config.tune, freezeTo, config.optimizer.weightDecay);
  const optimizer = createOptimizer(config.optimizer);
  const changing = [...trained.map(({ param }) => param.name), ...movingStatistics(spec, freezeTo, config)];
  const slots = firstSlots(options, trained, optimizer);
  const fixed = [...parametersBehind(spec, source.from)].filter((name) => !changing.includes(name));
  const example = toTensors(options.example);
  const compiled = compileStep<Tensors, { loss: Tensor }, Tensors>({
    name: 'training step',
    state: { ...pick(params, changing), ...slots },
    inputs: example,
    constants: { ...pick(params, fixed), ...source.constants },
    step: (state, inputs, constants) => traceStep({ ...options, trained, optimizer }, state, inputs, constants),
  });
  tf.dispose([example, slots]);
  return compiled;
}

interface StepParts extends TrainingStepOptions {
  readonly trained: readonly TrainedParameter[];
  readonly optimizer: Optimizer;
}

function traceStep(parts: StepParts, state: Tensors, inputs: Tensors, constants: Tensors) {
  const { trained, optimizer, config } = parts;
  const activations = parts.source.trainingActivations(inputs, constants);
  const { loss, gradients, statistics } = lossAndGradients(parts, state, inputs, constants, activations);
  const next: Tensors = { ...statistics };
  let changed = gradients;
  for (const technique of techniques) {
    if (technique.active(config) && technique.gradients) changed = technique.gradients(config, changed);
  }
  for (const { param, group, weightDecay } of trained) {
    const moved = optimizer.update({
      param: state[param.name]!,
      gradient: changed[param.name]!,
      slots: pick(state, slotNames(optimizer, param.name)),
      learningRate: entry(inputs['rates']!, group),
      weightDecay,
      step: entry(inputs['steps']!, group),
    });
    next[param.name] = moved.param;
    Object.assign(next, moved.slots);
  }
  return { state: next, outputs: { loss } };
}

function lossAndGradients(parts: StepParts, state: Tensors, inputs: Tensors, constants: Tensors, activations: Tensor) {
  const names = parts.trained.map(({ param }) => param.name);
  const kept: Tensors = {};
  const { value, grads } = tf.valueAndGrads((...values: Tensor[]) => {
    const trained = Object.fromEntries(names.map((name, i) => [name, values[i]!]));
    const { output, statistics } = forward(parts.spec, { ...constants, ...state, ...trained }, activations, {
      from: parts.source.from,
      norm: normModes(parts),
      dropoutSeed: inputs['seed']!,
    });
    // valueAndGrads frees everything but loss and gradients; the new statistics must outlive it.
    for (const [name, tensor] of Object.entries(statistics)) kept[name] = tf.keep(tensor);
    return crossEntropy(output, inputs['targets']!, inputs['denominator']!);
  })(names.map((name) => state[name]!));
  const statistics = Object.fromEntries(Object.entries(kept).map(([name, tensor]) => [name, tensor.clone()]));
  tf.dispose(kept);
  return { loss: value, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!])), statistics };
}

/** Frozen layers always normalise by their running statistics; the others as the configuration says. */
function normModes({ spec, freezeTo, config }: TrainingStepOptions): (node: string) => 'frozen' | 'training' {
  if (config.tune.normMode === 'frozen') return () => 'frozen';
  const groups = groupOfNode(spec);
  return (node) => ((groups.get(node) ?? 0) >= freezeTo ? 'training' : 'frozen');
}

/** Names of the running statistics that training moves. */
export function movingStatistics(spec: NetSpec, freezeTo: number, config: TrainConfig): string[] {
  if (config.tune.normMode === 'frozen') return [];
  const groups = groupOfNode(spec);
  return spec.nodes.filter((node) => (groups.get(node.name) ?? 0) >= freezeTo).flatMap(statisticsOfNode);
}

function slotNames(optimizer: Optimizer, param: string): string[] {
  return optimizer.slots({ name: param }).map(({ name }) => name);
}

function firstSlots(
  { slots, params }: TrainingStepOptions,
  trained: readonly TrainedParameter[],
  optimizer: Optimizer,
): Tensors {
  const first: Tensors = {};
  for (const { param } of trained) {
    for (const name of slotNames(optimizer, param.name)) {
      first[name] = slots[name]?.clone() ?? tf.zerosLike(params[param.name]!);
    }
  }
  return first;
}

/** One entry of a vector, as a scalar. */
function entry(vector: Tensor, index: number): Tensor {
  return tf.reshape(tf.slice(vector, [index], [1]), []);
}

function pick(tensors: Tensors, names: readonly string[]): Tensors {
  return Object.fromEntries(names.map((name) => [name, tensors[name]!]));
}
