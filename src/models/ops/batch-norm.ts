import * as v from 'valibot';
import { nameSchema, nodeFields, type NodeFrom, type OpDefinition } from '../op-definition.ts';

const schema = v.object({
  ...nodeFields,
  op: v.literal('batchNorm'),
  scale: nameSchema,
  shift: nameSchema,
  runningMean: nameSchema,
  runningVariance: nameSchema,
  epsilon: v.number(),
  /** torch's: running ← (1 − momentum) · running + momentum · batch. */
  momentum: v.number(),
});

/** torch.nn.BatchNorm2d. */
export const batchNorm: OpDefinition<NodeFrom<typeof schema>> = {
  op: 'batchNorm',
  schema,
  params: ['scale', 'shift', 'runningMean', 'runningVariance'],
  shape: (_, [input]) => input!,
  multiplyAdds: () => 0,
  couplings(node, [input], links) {
    for (const field of batchNorm.params) links.serves(node[field], 0, input!);
    return input!;
  },
  norm: (node) => node,
};
