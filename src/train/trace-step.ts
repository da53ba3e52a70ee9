import type { NetSpec } from '../models/net-spec.ts';
import { groupOfNode } from '../models/spec-queries.ts';
import { forward } from '../nn/forward.ts';
import { optimizerNamed } from '../optim/index.ts';
import { slotName } from '../optim/optimizer.ts';
import type { TrainedParameter } from '../optim/trained-parameters.ts';
import { slotKinds } from '../settings/slot-kinds.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { orderedSum } from '../tensor/ops/ordered-sum.ts';
import { tf, type Scalar, type Tensor } from '../tensor/tf.ts';
import type { BatchSource } from './batch-source.ts';
import { losses } from './losses/index.ts';
import { plainMeasures } from './step-measures.ts';
import { hooksOf, withKey, type Hooks } from './technique-hooks.ts';
import type { GradientFunction, StepChange, StepTechnique, Tensors } from './technique.ts';

export interface StepParts {
  readonly spec: NetSpec;
  readonly source: BatchSource;
  readonly config: TrainConfig;
  /** Layer groups below this index are frozen. */
  readonly freezeTo: number;
  readonly trained: readonly TrainedParameter[];
  /** Those that act, in their order. */
  readonly techniques: readonly StepTechnique[];
}

/**
 * One training step: pictures → activations at the boundary → forward → loss → gradients → techniques → optimizer. Outputs: `loss`,
 * and `measures`, a vector whose entries `names` tells. They are computed with every step: left out of some, they would make
 * TensorFlow prepare the whole graph a second time, which costs more than they do.
 */
export function traceStep(parts: StepParts, state: Tensors, inputs: Tensors, constants: Tensors) {
  const { trained, config, spec, techniques } = parts;
  const hooks = hooksOf(techniques, { config, spec, trained }, inputs, state);
  const activations = parts.source.trainingActivations(inputs, constants, (images) => hooks.through('images', images));
  const features = hooks.through('features', activations);
  const before = pick(
    state,
    trained.map(({ param }) => param.name),
  );
  const plain = gradientFunction(parts, hooks, { ...constants, ...state }, inputs, features);
  const wrapped = hooks.active.reduce(
    (inner, { technique, context }) => technique.wrap?.(inner, context) ?? inner,
    plain,
  );
  const { loss, gradients, statistics } = wrapped(before);
  const updated = update(parts, state, inputs, hooks.through('gradients', gradients));
  const after = hooks.through('project', updated.params);
  const change: StepChange = { before, after, gradients };
  const next: Tensors = { ...statistics, ...after, ...updated.slots };
  const measures = plainMeasures(spec, trained, change);
  for (const { technique, context } of hooks.active) {
    Object.assign(next, withKey(technique.declaration.key, technique.trace?.after?.(change, context) ?? {}));
    Object.assign(measures, withKey(technique.declaration.key, technique.trace?.measures?.(change, context) ?? {}));
  }
  return { state: next, outputs: { loss, measures: tf.stack(Object.values(measures)) }, names: Object.keys(measures) };
}

/** The plain way to the gradients: forward through the trained part, the loss and what techniques add to it, backward. */
function gradientFunction(
  parts: StepParts,
  hooks: Hooks,
  fixed: Tensors,
  inputs: Tensors,
  features: Tensor,
): GradientFunction {
  const targets = inputs['targets']!;
  const node = nodeHook(hooks);
  return (params) => {
    const names = Object.keys(params);
    const kept: Tensors = {};
    const { value, grads } = tf.valueAndGrads((...values: Tensor[]) => {
      const weights = hooks.through('weights', Object.fromEntries(names.map((name, i) => [name, values[i]!])));
      const { output, statistics } = forward(parts.spec, { ...fixed, ...weights }, features, {
        from: parts.source.from,
        norm: normModes(parts),
        ...(node && { node }),
      });
      // valueAndGrads frees everything but loss and gradients; the new statistics must outlive it.
      for (const [name, tensor] of Object.entries(statistics)) kept[name] = tf.keep(tensor);
      const loss = losses.crossEntropy(output, targets, inputs['denominator']!);
      const added = hooks.active.flatMap(({ technique, context }) =>
        technique.trace?.loss ? [technique.trace.loss({ logits: output, targets, params: weights }, context)] : [],
      );
      return orderedSum([loss, ...added]) as Scalar;
    })(Object.values(params));
    const statistics = Object.fromEntries(Object.entries(kept).map(([name, tensor]) => [name, tensor.clone()]));
    tf.dispose(kept);
    return { loss: value, gradients: Object.fromEntries(names.map((name, i) => [name, grads[i]!])), statistics };
  };
}

/** Null where no technique looks at nodes. */
function nodeHook({ active }: Hooks): ((...args: [node: NetSpec['nodes'][number], output: Tensor]) => Tensor) | null {
  const looking = active.filter(({ technique }) => technique.trace?.node);
  if (looking.length === 0) return null;
  return (node, output) =>
    looking.reduce((value, { technique, context }) => technique.trace!.node!(node, value, context), output);
}

/** What the optimizer makes of the parameters and its slots. */
function update(
  { trained, config }: StepParts,
  state: Tensors,
  inputs: Tensors,
  gradients: Tensors,
): { params: Tensors; slots: Tensors } {
  const { name: key, weightDecay } = config.optimizer;
  const optimizer = optimizerNamed(key);
  const hyper = Object.fromEntries(Object.keys(optimizer.hyper).map((name, i) => [name, entry(inputs['hyper']!, i)]));
  const kinds = Object.keys(slotKinds[key]);
  const params: Tensors = {};
  const slots: Tensors = {};
  for (const {
    param: { name },
    group,
    decays,
  } of trained) {
    const moved = optimizer.update(
      {
        param: state[name]!,
        gradient: gradients[name]!,
        slots: Object.fromEntries(kinds.map((kind) => [kind, state[slotName(name, kind)]!])),
        hyper,
        learningRate: entry(inputs['rates']!, group),
        decays: decays && weightDecay !== 0,
        step: entry(inputs['steps']!, group),
      },
      config.optimizer,
    );
    params[name] = moved.param;
    for (const kind of kinds) slots[slotName(name, kind)] = moved.slots[kind]!;
  }
  return { params, slots };
}

/** Frozen layers always normalise by their running statistics; the others as the configuration says. */
function normModes({ spec, freezeTo, config }: StepParts): (node: string) => 'frozen' | 'training' {
  if (config.tune.normMode === 'frozen') return () => 'frozen';
  const groups = groupOfNode(spec);
  return (node) => ((groups.get(node) ?? 0) >= freezeTo ? 'training' : 'frozen');
}

/** One entry of a vector, as a scalar. */
function entry(vector: Tensor, index: number): Tensor {
  return tf.reshape(tf.slice(vector, [index], [1]), []);
}

export function pick(tensors: Tensors, names: readonly string[]): Tensors {
  return Object.fromEntries(names.map((name) => [name, tensors[name]!]));
}
