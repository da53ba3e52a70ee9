import * as v from 'valibot';
import { nodeFields, plain, type NodeFrom, type OpDefinition } from '../op-definition.ts';

const schema = v.object({
  ...nodeFields,
  op: v.literal('dropout'),
  /** Probability of dropping a number. */
  rate: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
});

/** Inverted dropout (Srivastava et al. 2014); it drops in training alone. */
export const dropout: OpDefinition<NodeFrom<typeof schema>> = {
  ...plain,
  op: 'dropout',
  schema,
  random: ({ rate }) => rate > 0,
};
