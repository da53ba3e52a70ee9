import * as v from 'valibot';
import { plain, type OpDefinition } from '../op-definition.ts';
import { windowFields, windowShape, type WindowNode } from '../window.ts';

/** torch.nn.MaxPool2d: padding never wins. */
interface MaxPoolNode extends WindowNode {
  readonly op: 'maxPool';
  /** True: a last, incomplete window counts too. */
  readonly ceilMode: boolean;
}

export const maxPool: OpDefinition<MaxPoolNode> = {
  ...plain,
  op: 'maxPool',
  schema: v.object({ ...windowFields, op: v.literal('maxPool'), ceilMode: v.boolean() }),
  shape: (node, [input]) => windowShape(node, input!, input!.at(-1)!, node),
};
