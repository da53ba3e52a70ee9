import * as v from 'valibot';
import { nodeFields, plain, type NodeFrom, type OpDefinition } from '../op-definition.ts';

const schema = v.object({
  ...nodeFields,
  op: v.literal('normalise'),
  mean: v.array(v.number()),
  std: v.array(v.pipe(v.number(), v.gtValue(0))),
});

/** Pixel values 0..255 as a network wants them: (x / 255 − mean) / std, channel by channel. */
export const normalise: OpDefinition<NodeFrom<typeof schema>> = {
  ...plain,
  op: 'normalise',
  schema,
  couplings(_, [input], links) {
    links.lock(input!);
    return input!;
  },
};
