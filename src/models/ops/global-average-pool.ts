import * as v from 'valibot';
import { nodeFields, plain, type NodeBase, type OpDefinition } from '../op-definition.ts';

/** The mean over all positions of a map or over all tokens. */
interface GlobalAveragePoolNode extends NodeBase {
  readonly op: 'globalAveragePool';
  /** True: a map of 1 × 1 stays, as torch.nn.AdaptiveAvgPool2d(1) leaves it; false: a vector. */
  readonly keepSides: boolean;
}

export const globalAveragePool: OpDefinition<GlobalAveragePoolNode> = {
  ...plain,
  op: 'globalAveragePool',
  schema: v.object({ ...nodeFields, op: v.literal('globalAveragePool'), keepSides: v.boolean() }),
  shape: ({ keepSides }, [input]) => (keepSides ? [1, 1, input!.at(-1)!] : [input!.at(-1)!]),
};
