import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { preprocessingSchema } from '../protocol/preprocessing.ts';
import { nameSchema as name, sizeSchema as size } from './op-definition.ts';
import { nodeSchema, type NodeSpec } from './op-table.ts';
import { paramSchema, type ParamSpec } from './param-spec.ts';

export type { NodeSpec, ParamSpec };

const groupSchema = v.object({
  name,
  /** Names of the nodes in it. The freeze boundary after this group is the output of the last of them. */
  nodes: v.array(name),
});
export type LayerGroup = Immutable<v.InferOutput<typeof groupSchema>>;

/**
 * One description of a network, as models and bundles hold it, from which everything else is derived: the forward pass (nn/), the
 * parameter table, cost, layer groups. Names and parameter shapes are torch's (torchvision or timm), so weights and papers fit
 * without a map.
 */
export const netSpecSchema = v.object({
  /** torchvision's or timm's name; behind a '/' what a rewrite made of it ('resnet50/folded'), which no library builds. */
  architecture: name,
  /** In topological order; the first node is `input`. */
  nodes: v.pipe(v.array(nodeSchema), v.minLength(1), v.maxLength(10_000)),
  /** Every parameter and batch-norm statistic, in torch's state_dict order. */
  params: v.pipe(v.array(paramSchema), v.maxLength(20_000)),
  /** Shallow to deep; every parameter but the head's belongs to exactly one; the head is the last group. */
  groups: v.array(groupSchema),
  /** Node whose output [B, featureSize] the head reads. */
  feature: name,
  featureSize: size,
  /** Node that gives the logits [B, classes]. */
  head: name,
  classes: size,
  preprocessing: preprocessingSchema,
});
export type NetSpec = Immutable<v.InferOutput<typeof netSpecSchema>>;
