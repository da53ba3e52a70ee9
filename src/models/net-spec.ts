import type { Preprocessing } from '../protocol/preprocessing.ts';

/**
 * One description of a network, from which everything else is derived: the forward pass (nn/), the parameter table, cost,
 * layer groups. Names and parameter shapes are torch's (torchvision or timm), so weights and papers fit without a map.
 */
export interface NetSpec {
  readonly architecture: string;
  /** In topological order; the first node is `input`. */
  readonly nodes: readonly NodeSpec[];
  /** Every parameter and batch-norm statistic, in torch's state_dict order. */
  readonly params: readonly ParamSpec[];
  /** Shallow to deep; every parameter but the head's belongs to exactly one; the head is the last group. */
  readonly groups: readonly LayerGroup[];
  /** Node whose output [B, featureSize] the head reads. */
  readonly feature: string;
  readonly featureSize: number;
  /** Node that gives the logits [B, classes]. */
  readonly head: string;
  readonly classes: number;
  readonly preprocessing: Preprocessing;
}

export interface LayerGroup {
  readonly name: string;
  /** Names of the nodes in it. The freeze boundary after this group is the output of the last of them. */
  readonly nodes: readonly string[];
}

interface NodeBase {
  /** torch's module path where there is one ('features.0.0'), else a name of ours ('features.3.add'). */
  readonly name: string;
  readonly inputs: readonly string[];
}

/** Padding of a window op: torch's symmetric pixels, or TensorFlow's SAME (bottom and right get the odd pixel). */
export type Padding = number | 'same';

/** Activations are NHWC float32. */
export type NodeSpec = NodeBase &
  (
    | { readonly op: 'input' }
    | {
        readonly op: 'conv2d';
        /** Names in NetSpec.params. */
        readonly weight: string;
        readonly bias: string | null;
        readonly kernelSize: number;
        readonly stride: number;
        readonly padding: Padding;
        /** True: one filter a channel (torch: groups = channels). */
        readonly depthwise: boolean;
      }
    | {
        readonly op: 'batchNorm';
        readonly scale: string;
        readonly shift: string;
        readonly runningMean: string;
        readonly runningVariance: string;
        readonly epsilon: number;
        /** torch's: running ← (1 − momentum) · running + momentum · batch. */
        readonly momentum: number;
      }
    | { readonly op: 'relu' | 'relu6' | 'hardSwish' | 'sigmoid' }
    | {
        readonly op: 'maxPool' | 'avgPool';
        readonly kernelSize: number;
        readonly stride: number;
        readonly padding: Padding;
        readonly ceilMode: boolean;
      }
    | { readonly op: 'globalAveragePool' }
    | { readonly op: 'add' | 'concat' }
    /** He 2016 option A: every second row and column, missing channels zero on both sides. */
    | {
        readonly op: 'padShortcut';
        readonly stride: number;
        readonly channelsBefore: number;
        readonly channelsAfter: number;
      }
    | { readonly op: 'dropout'; readonly rate: number }
    | { readonly op: 'linear'; readonly weight: string; readonly bias: string }
  );

export type ParamRole =
  | 'convWeight'
  | 'depthwiseWeight'
  | 'linearWeight'
  | 'bias'
  | 'normScale'
  | 'normShift'
  | 'runningMean'
  | 'runningVariance'
  | 'batchCount';

export interface ParamSpec {
  readonly name: string;
  /** torch's shape: conv [out, in, kh, kw], depthwise [channels, 1, kh, kw], linear [out, in]. */
  readonly shape: readonly number[];
  readonly role: ParamRole;
}

/** Roles that the optimizer moves; the others are statistics. */
export const trainableRoles: ReadonlySet<ParamRole> = new Set([
  'convWeight',
  'depthwiseWeight',
  'linearWeight',
  'bias',
  'normScale',
  'normShift',
]);

/** Roles that weight decay acts on: never biases, never normalisation scales or shifts. */
export const decayedRoles: ReadonlySet<ParamRole> = new Set(['convWeight', 'depthwiseWeight', 'linearWeight']);
