import * as v from 'valibot';
import { countSchema, nodeFields, sizeSchema, plain, type NodeBase, type OpDefinition } from '../op-definition.ts';
import { windowShape } from '../window.ts';

/** He 2016 option A: every second row and column, missing channels zero on both sides. */
interface PadShortcutNode extends NodeBase {
  readonly op: 'padShortcut';
  readonly stride: number;
  readonly channelsBefore: number;
  readonly channelsAfter: number;
}

export const padShortcut: OpDefinition<PadShortcutNode> = {
  ...plain,
  op: 'padShortcut',
  schema: v.object({
    ...nodeFields,
    op: v.literal('padShortcut'),
    stride: sizeSchema,
    channelsBefore: countSchema,
    channelsAfter: countSchema,
  }),
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
