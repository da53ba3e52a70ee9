import * as v from 'valibot';
import { nameSchema, nodeFields, type FrozenNorm, type NodeBase, type OpDefinition } from '../op-definition.ts';

/** torch.nn.BatchNorm2d. */
interface BatchNormNode extends NodeBase, FrozenNorm {
  readonly op: 'batchNorm';
  /** torch's: running ← (1 − momentum) · running + momentum · batch. */
  readonly momentum: number;
}

export const batchNorm: OpDefinition<BatchNormNode> = {
  op: 'batchNorm',
  schema: v.object({
    ...nodeFields,
    op: v.literal('batchNorm'),
    scale: nameSchema,
    shift: nameSchema,
    runningMean: nameSchema,
    runningVariance: nameSchema,
    epsilon: v.number(),
    momentum: v.number(),
  }),
  params: ['scale', 'shift', 'runningMean', 'runningVariance'],
  shape: (_, [input]) => input!,
  multiplyAdds: () => 0,
  couplings(node, [input], links) {
    for (const field of batchNorm.params) links.serves(node[field], 0, input!);
    return input!;
  },
  norm: (node) => node,
};
