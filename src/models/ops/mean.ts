import * as v from 'valibot';
import { tieAll } from '../channel-links.ts';
import { nodeFields, plain, type NodeFrom, type OpDefinition } from '../op-definition.ts';

const schema = v.object({
  ...nodeFields,
  op: v.literal('mean'),
  /** One an input; they sum to 1. */
  weights: v.array(v.pipe(v.number(), v.minValue(0))),
});

/** The weighted mean of outputs of one shape: the sum of weight · input. */
export const mean: OpDefinition<NodeFrom<typeof schema>> = {
  ...plain,
  op: 'mean',
  schema,
  couplings: (_, inputs, links) => tieAll(inputs, links),
};
