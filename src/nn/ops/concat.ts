import { tf } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const concat: Compute<'concat'> = (_, inputs) => tf.concat([...inputs], -1);
