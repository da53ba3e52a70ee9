import * as v from 'valibot';
import { nodeFields, plain, type NodeFrom, type OpDefinition } from '../op-definition.ts';

const schema = v.object({ ...nodeFields, op: v.literal('scale'), factor: v.pipe(v.number(), v.finite()) });

/** Each number times one factor: what a temperature does to logits (Guo et al. 2017, arXiv 1706.04599). */
export const scale: OpDefinition<NodeFrom<typeof schema>> = { ...plain, op: 'scale', schema };
