import { elementwise, type OpDefinition, type PlainNode } from '../op-definition.ts';

/** Probabilities of the last axis. */
export const softmax: OpDefinition<PlainNode<'softmax'>> = {
  ...elementwise('softmax'),
  // Every channel counts in the sum of all.
  couplings(_, [input], links) {
    links.lock(input!);
    return input!;
  },
};
