import * as v from 'valibot';
import { plain, type NodeFrom, type OpDefinition } from '../op-definition.ts';
import { windowFields, windowShape } from '../window.ts';

const schema = v.object({
  ...windowFields,
  op: v.literal('avgPool'),
  /** True: a last, incomplete window counts too. */
  ceilMode: v.boolean(),
});

/** torch.nn.AvgPool2d: padded zeros count. */
export const avgPool: OpDefinition<NodeFrom<typeof schema>> = {
  ...plain,
  op: 'avgPool',
  schema,
  shape: (node, [input]) => windowShape(node, input!, input!.at(-1)!, node),
};
