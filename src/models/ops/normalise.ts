import * as v from 'valibot';
import { nodeFields, plain, type NodeBase, type OpDefinition } from '../op-definition.ts';

/** Pixel values 0..255 as a network wants them: (x / 255 − mean) / std, channel by channel. */
interface NormaliseNode extends NodeBase {
  readonly op: 'normalise';
  readonly mean: readonly number[];
  readonly std: readonly number[];
}

export const normalise: OpDefinition<NormaliseNode> = {
  ...plain,
  op: 'normalise',
  schema: v.object({
    ...nodeFields,
    op: v.literal('normalise'),
    mean: v.array(v.number()),
    std: v.array(v.pipe(v.number(), v.gtValue(0))),
  }),
  couplings(_, [input], links) {
    links.lock(input!);
    return input!;
  },
};
