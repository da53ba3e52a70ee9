import { tf } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const add: Compute<'add'> = (_, [x, y]) => tf.add(x, y!);
