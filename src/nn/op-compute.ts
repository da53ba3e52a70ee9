import type { NodeOf, OpName } from '../models/op-table.ts';
import type { Tensor } from '../tensor/tf.ts';

/** What the nodes of one forward pass share. */
export interface NodeContext {
  readonly param: (name: string) => Tensor;
  readonly norm: (nodeName: string) => 'frozen' | 'training';
  /** Filled by norms in training mode. */
  readonly statistics: Record<string, Tensor>;
}

/**
 * The output of one node from its inputs' outputs, made of ops that have gradients. Maps are float32 [B, H, W, C], sequences [B, T, C],
 * vectors [B, C].
 */
export type Compute<Op extends OpName> = (
  node: NodeOf<Op>,
  inputs: readonly [Tensor, ...Tensor[]],
  context: NodeContext,
) => Tensor;

/** Everything but the input node computes: an op without its file in nn/ops/ does not compile. */
export type OpCompute = { readonly [Op in Exclude<OpName, 'input'>]: Compute<Op> };
