import * as v from 'valibot';
import { nodeFields, plain, type NodeFrom, type OpDefinition } from '../op-definition.ts';

const schema = v.object({
  ...nodeFields,
  op: v.literal('globalAveragePool'),
  /** True: a map of 1 × 1 stays, as torch.nn.AdaptiveAvgPool2d(1) leaves it; false: a vector. */
  keepSides: v.boolean(),
});

/** The mean over all positions of a map or over all tokens. */
export const globalAveragePool: OpDefinition<NodeFrom<typeof schema>> = {
  ...plain,
  op: 'globalAveragePool',
  schema,
  shape: ({ keepSides }, [input]) => (keepSides ? [1, 1, input!.at(-1)!] : [input!.at(-1)!]),
};
