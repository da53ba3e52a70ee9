import type { ComputedNode } from '../models/op-table.ts';
import type { Tensor } from '../tensor/tf.ts';
import type { NodeContext, OpCompute } from './op-compute.ts';
import * as ops from './ops/index.ts';

const table: OpCompute = ops;

/** The output of one node from its inputs' outputs. */
export function nodeOutput(node: ComputedNode, inputs: readonly [Tensor, ...Tensor[]], context: NodeContext): Tensor {
  // An entry of the table is only ever given nodes of its own kind.
  const compute = table[node.op] as (node: ComputedNode, ...rest: [typeof inputs, NodeContext]) => Tensor;
  return compute(node, inputs, context);
}
