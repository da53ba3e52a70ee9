import type { TrainConfig } from '../settings/train-config.ts';
import type { OptimizerName, SlotKind } from '../settings/slot-kinds.ts';
import type { Tensor } from '../tensor/tf.ts';

type OptimizerConfig = TrainConfig['optimizer'];

interface UpdateInput<Kind extends string, Hyper extends string> {
  readonly param: Tensor;
  /** Same shape as `param`. */
  readonly gradient: Tensor;
  /** By kind. */
  readonly slots: Readonly<Record<Kind, Tensor>>;
  /** Fed numbers by name: float32 scalars. */
  readonly hyper: Readonly<Record<Hyper, Tensor>>;
  /** float32 scalar, already scaled for the parameter's layer group. */
  readonly learningRate: Tensor;
  /** Whether weight decay acts on this parameter: never on biases and normalisation. */
  readonly decays: boolean;
  /** float32 scalar, 1 on the first step of the slots (for bias correction). */
  readonly step: Tensor;
}

/** A pure update rule, made of ops only, so that it is traced into the compiled step. Its slots stand in settings/slot-kinds.ts. */
export interface Optimizer<Kind extends string = string, Hyper extends string = string> {
  /**
   * The numbers that the rule is fed with every step. They are computed in double precision and rounded once, so 1 − β is a number
   * in its own right: computed in float32 inside the step it would have other bits.
   */
  readonly hyper: Readonly<Record<Hyper, (config: OptimizerConfig) => number>>;
  /** New values; slots by kind. `config`: what is part of the trace. Caller disposes, or runs inside `tf.tidy`. */
  update(input: UpdateInput<Kind, Hyper>, config: OptimizerConfig): { param: Tensor; slots: Record<Kind, Tensor> };
}

/** Helps a file to declare the rule of a name: the compiler asks for exactly that name's slots. */
export function optimizer<Name extends OptimizerName, Hyper extends string>(
  _name: Name,
  rule: Optimizer<SlotKind<Name>, Hyper>,
): Optimizer<SlotKind<Name>, Hyper> {
  return rule;
}

/** `<parameter>#<kind>`: slots follow names, so that no parameter ever inherits another's past. */
export function slotName(param: string, kind: string): string {
  return `${param}#${kind}`;
}
