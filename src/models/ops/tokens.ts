import { elementwise, type OpDefinition, type PlainNode } from '../op-definition.ts';
import { sizeOf } from '../../base/size-of.ts';

/** The positions of a map as a sequence, row by row: torch's `flatten(2).transpose(1, 2)`. */
export const tokens: OpDefinition<PlainNode<'tokens'>> = {
  ...elementwise('tokens'),
  shape: (_, [input]) => [sizeOf(input!.slice(0, -1)), input!.at(-1)!],
};
