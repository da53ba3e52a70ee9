import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { NodeSpec } from './op-table.ts';
import type { ParamSpec } from './param-spec.ts';

export type { NodeSpec, ParamSpec };

/**
 * One description of a network, from which everything else is derived: the forward pass (nn/), the parameter table, cost,
 * layer groups. Names and parameter shapes are torch's (torchvision or timm), so weights and papers fit without a map.
 */
export interface NetSpec {
  /** torchvision's or timm's name; behind a '/' what a rewrite made of it ('resnet50/folded'), which no library builds. */
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
