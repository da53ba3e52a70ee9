import * as v from 'valibot';
import { nodeFields, plain, type NodeBase, type OpDefinition } from '../op-definition.ts';

/** Inverted dropout (Srivastava et al. 2014); it drops in training alone. */
interface DropoutNode extends NodeBase {
  readonly op: 'dropout';
  /** Probability of dropping a number. */
  readonly rate: number;
}

export const dropout: OpDefinition<DropoutNode> = {
  ...plain,
  op: 'dropout',
  schema: v.object({ ...nodeFields, op: v.literal('dropout'), rate: v.pipe(v.number(), v.minValue(0), v.maxValue(1)) }),
  random: ({ rate }) => rate > 0,
};
