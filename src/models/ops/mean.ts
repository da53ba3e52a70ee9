import * as v from 'valibot';
import { tieAll } from '../channel-links.ts';
import { nodeFields, plain, type NodeBase, type OpDefinition } from '../op-definition.ts';

/** The weighted mean of outputs of one shape: the sum of weight · input. */
interface MeanNode extends NodeBase {
  readonly op: 'mean';
  /** One an input; they sum to 1. */
  readonly weights: readonly number[];
}

export const mean: OpDefinition<MeanNode> = {
  ...plain,
  op: 'mean',
  schema: v.object({ ...nodeFields, op: v.literal('mean'), weights: v.array(v.pipe(v.number(), v.minValue(0))) }),
  couplings: (_, inputs, links) => tieAll(inputs, links),
};
