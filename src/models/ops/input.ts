import * as v from 'valibot';
import { nodeFields, type OpDefinition, type PlainNode } from '../op-definition.ts';

/** Where a network begins; its shape is given to those who ask for shapes. */
export const input: OpDefinition<PlainNode<'input'>> = {
  op: 'input',
  schema: v.object({ ...nodeFields, op: v.literal('input') }),
  params: [],
  shape(node) {
    throw new Error(`the shape of input node "${node.name}" is not computed but given`);
  },
  multiplyAdds: () => 0,
  couplings(_, __, links, { output }) {
    const channels = links.fresh(output.at(-1)!);
    links.lock(channels);
    return channels;
  },
};
