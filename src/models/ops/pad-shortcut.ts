import * as v from 'valibot';
import { countSchema, nodeFields, sizeSchema, plain, type NodeFrom, type OpDefinition } from '../op-definition.ts';
import { windowShape } from '../window.ts';

const schema = v.object({
  ...nodeFields,
  op: v.literal('padShortcut'),
  stride: sizeSchema,
  channelsBefore: countSchema,
  channelsAfter: countSchema,
});

/** He 2016 option A: every second row and column, missing channels zero on both sides. */
export const padShortcut: OpDefinition<NodeFrom<typeof schema>> = {
  ...plain,
  op: 'padShortcut',
  schema,
  shape: (node, [input]) =>
    windowShape(
      { ...node, kernelSize: 1, padding: 0 },
      input!,
      input!.at(-1)! + node.channelsBefore + node.channelsAfter,
    ),
  couplings: ({ channelsBefore, channelsAfter }, [input], links) => [
    ...links.fresh(channelsBefore),
    ...input!,
    ...links.fresh(channelsAfter),
  ],
};
