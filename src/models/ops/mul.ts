import { tieAll } from '../channel-links.ts';
import { elementwise, type OpDefinition, type PlainNode } from '../op-definition.ts';

/**
 * The product of two outputs. The second may be smaller: a vector or a map of 1 × 1 scales the channels of the first
 * (squeeze and excitation, Hu et al. 2018, arXiv 1709.01507), a map of one channel its positions.
 */
export const mul: OpDefinition<PlainNode<'mul'>> = {
  ...elementwise('mul'),
  couplings(_, [first, second], links) {
    if (second!.length === first!.length) return tieAll([first!, second!], links);
    links.lock(second!);
    return first!;
  },
};
