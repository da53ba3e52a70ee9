import type { ParamSpec } from '../models/net-spec.ts';
import type { Tensor } from '../tensor/tf.ts';

/** A tensor that an optimizer keeps beside a parameter: float32, the parameter's runtime shape, zero before the first step. */
export interface Slot {
  /** `<parameter>#<what it holds>`: slots follow names, so that no parameter ever inherits another one's past. */
  readonly name: string;
}

export interface UpdateInput {
  readonly param: Tensor;
  /** Same shape as `param`. */
  readonly gradient: Tensor;
  /** By full name, as `slots` lists them. */
  readonly slots: Readonly<Record<string, Tensor>>;
  /** float32 scalar, already scaled for the parameter's layer group. */
  readonly learningRate: Tensor;
  /** λ for this parameter: 0 for biases and normalisation. A constant of the trace. */
  readonly weightDecay: number;
  /** float32 scalar, 1 on the first step of the slots (for bias correction). */
  readonly step: Tensor;
}

/** A pure update rule, made of ops only, so that it is traced into the compiled step. */
export interface Optimizer {
  readonly name: string;
  slots(param: Pick<ParamSpec, 'name'>): readonly Slot[];
  /** New values; slots under the names they came with. Caller disposes, or runs inside `tf.tidy`. */
  update(input: UpdateInput): { param: Tensor; slots: Record<string, Tensor> };
}

export function slotName(param: string, kind: string): string {
  return `${param}#${kind}`;
}

/** The slot of that kind among those of one parameter, with its full name. */
export function slotOfKind(slots: Readonly<Record<string, Tensor>>, kind: string): [string, Tensor] {
  const name = Object.keys(slots).find((key) => key.endsWith(`#${kind}`));
  if (name === undefined) throw new Error(`no slot '${kind}' among [${Object.keys(slots).join(', ')}]`);
  return [name, slots[name]!];
}
