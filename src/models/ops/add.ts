import { tieAll } from '../channel-links.ts';
import { elementwise, type OpDefinition, type PlainNode } from '../op-definition.ts';

/** The sum of two outputs of one shape. */
export const add: OpDefinition<PlainNode<'add'>> = {
  ...elementwise('add'),
  couplings: (_, inputs, links) => tieAll(inputs, links),
};
