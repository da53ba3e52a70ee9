import { elementwise, type OpDefinition, type OutputShape, type PlainNode } from '../op-definition.ts';

/** One after another along the channels. */
export const concat: OpDefinition<PlainNode<'concat'>> = {
  ...elementwise('concat'),
  shape: (_, inputs) =>
    [...inputs[0]!.slice(0, -1), inputs.reduce((sum, shape) => sum + shape.at(-1)!, 0)] as unknown as OutputShape,
  couplings: (_, inputs) => inputs.flat(),
};
