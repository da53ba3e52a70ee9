import type { RandomStream } from '../base/random.ts';
import type { NetSpec, NodeSpec } from '../models/net-spec.ts';
import type { SlotStart } from '../settings/slot-kinds.ts';
import type { TrainedParameter } from '../optim/trained-parameters.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { Declaration } from '../settings/declaration.ts';
import type { Scalar, Tensor, Tensor4D } from '../tensor/tf.ts';
import type { HostInputs } from './batch-source.ts';
import type { BatchTargets } from './targets.ts';

export type Tensors = Record<string, Tensor>;

/** What a technique may read of a batch on the host. */
interface TechniqueBatch {
  /** Labels of the batch; entries from `count` on are padding. */
  readonly labels: ArrayLike<number>;
  readonly count: number;
  readonly classes: number;
  /** Pictures of each class in the training part. */
  readonly classCounts: readonly number[];
}

/** A tensor that a technique keeps in the step from one step to the next: shaped as a trained parameter, or as it says. */
export type StateTensor =
  | { readonly name: string; readonly like: string; readonly start: SlotStart }
  | { readonly name: string; readonly shape: readonly number[]; readonly start: 'zero' | number };

/** What the hooks of one technique read inside the traced step. */
export interface StepContext {
  /** What is read of it becomes part of the step's key; a number that moves during a run is fed instead. */
  readonly config: TrainConfig;
  readonly spec: NetSpec;
  readonly trained: readonly TrainedParameter[];
  /** What the technique's `inputs` gave, by the names it gave them. */
  readonly inputs: Tensors;
  /** Its state before this step, by its names. */
  readonly state: Tensors;
}

/** What became of the trained parameters and their gradients in this step, by parameter name. */
export interface StepChange {
  readonly before: Tensors;
  readonly after: Tensors;
  /** As the loss gave them, before any technique changed them. */
  readonly gradients: Tensors;
}

interface LossParts {
  readonly loss: Scalar;
  readonly gradients: Tensors;
  /** New running statistics of the batch norms. */
  readonly statistics: Tensors;
}

/** Loss and gradients at given values of the trained parameters, by name. */
export type GradientFunction = (params: Tensors) => LossParts;

/**
 * One shape for everything that acts on training. What is decided on the host is fed, never frozen into the trace; what happens in
 * the step is traced. Names of inputs and state are the technique's; the builder puts its key before them, and keeps its state in
 * checkpoints. The order of application is the array in techniques/index.ts.
 */
export interface StepTechnique {
  /** Its settings. The key is unique and also names the stream of its random numbers. */
  readonly declaration: Pick<Declaration, 'key'>;
  active(config: TrainConfig): boolean;
  /** Rewrites the network before it is made; parameters keep names and shapes. */
  spec?(spec: NetSpec, config: TrainConfig): NetSpec;
  state?(trained: readonly TrainedParameter[], config: TrainConfig): readonly StateTensor[];
  /** What the step is fed for a batch. `random` is a stream of this technique, seed and place in the plan. */
  inputs?(batch: TechniqueBatch, random: RandomStream, config: TrainConfig): HostInputs;
  /** Changes the targets that the loss is fed. `drawn`: what `inputs` gave for this batch. */
  targets?(batch: TechniqueBatch, targets: BatchTargets, drawn: HostInputs, config: TrainConfig): BatchTargets;
  readonly trace?: TraceHooks;
  /** Another way to the gradients, around the plain one (Sharpness-Aware Minimization). Traced. */
  wrap?(gradients: GradientFunction, context: StepContext): GradientFunction;
}

/** Traced, in the order of a step. */
export interface TraceHooks {
  /** Augmented pictures before normalisation: float32 [B, H, W, 3], 0..255. Only where training reads pictures. No gradient. */
  images?(images: Tensor4D, context: StepContext): Tensor4D;
  /** Activations that enter the trained part: normalised pictures, or features at the freeze boundary. No gradient. */
  features?(features: Tensor, context: StepContext): Tensor;
  /** The values that the forward pass reads for the trained parameters; gradients go through to the parameters. */
  weights?(params: Tensors, context: StepContext): Tensors;
  /** The output of a node. */
  node?(node: NodeSpec, output: Tensor, context: StepContext): Tensor;
  /** A scalar that is added to the loss. */
  loss?(
    parts: { readonly logits: Tensor; readonly targets: Tensor; readonly params: Tensors },
    context: StepContext,
  ): Tensor;
  /** Gradients by parameter name, before the optimizer. */
  gradients?(gradients: Tensors, context: StepContext): Tensors;
  /** Trained parameters after the optimizer: where a constraint puts them back. */
  project?(params: Tensors, context: StepContext): Tensors;
  /** New values of the technique's state; what is left out stays. */
  after?(change: StepChange, context: StepContext): Tensors;
  /** Scalars by name, fetched on measured steps only. */
  measures?(change: StepChange, context: StepContext): Tensors;
}
