import { elementwise, type OpDefinition, type PlainNode } from '../op-definition.ts';
import { sizeOf } from '../../base/size-of.ts';

/** A map as one vector, channel by channel as torch.flatten has it ([C, H, W]), so that the linear layer behind it fits. */
export const flatten: OpDefinition<PlainNode<'flatten'>> = {
  ...elementwise('flatten'),
  shape: (_, [input]) => [sizeOf(input!)],
  couplings(_, [input], __, { inputs }) {
    const positions = sizeOf(inputs[0]!.slice(0, -1));
    return input!.flatMap((channel) => new Array<number>(positions).fill(channel));
  },
};
