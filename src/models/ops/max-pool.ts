import * as v from 'valibot';
import { plain, type NodeFrom, type OpDefinition } from '../op-definition.ts';
import { windowFields, windowShape } from '../window.ts';

const schema = v.object({
  ...windowFields,
  op: v.literal('maxPool'),
  /** True: a last, incomplete window counts too. */
  ceilMode: v.boolean(),
});

/** torch.nn.MaxPool2d: padding never wins. */
export const maxPool: OpDefinition<NodeFrom<typeof schema>> = {
  ...plain,
  op: 'maxPool',
  schema,
  shape: (node, [input]) => windowShape(node, input!, input!.at(-1)!, node),
};
