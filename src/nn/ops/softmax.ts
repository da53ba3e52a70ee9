import { tf } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const softmax: Compute<'softmax'> = (_, [x]) => tf.softmax(x);
