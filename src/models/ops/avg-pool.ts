import * as v from 'valibot';
import { plain, type OpDefinition } from '../op-definition.ts';
import { windowFields, windowShape, type WindowNode } from '../window.ts';

/** torch.nn.AvgPool2d: padded zeros count. */
interface AvgPoolNode extends WindowNode {
  readonly op: 'avgPool';
  /** True: a last, incomplete window counts too. */
  readonly ceilMode: boolean;
}

export const avgPool: OpDefinition<AvgPoolNode> = {
  ...plain,
  op: 'avgPool',
  schema: v.object({ ...windowFields, op: v.literal('avgPool'), ceilMode: v.boolean() }),
  shape: (node, [input]) => windowShape(node, input!, input!.at(-1)!, node),
};
