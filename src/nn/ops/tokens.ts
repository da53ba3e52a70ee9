import { sizeOf } from '../../base/size-of.ts';
import { tf } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const tokens: Compute<'tokens'> = (_, [x]) => tf.reshape(x, [-1, sizeOf(x.shape.slice(1, -1)), x.shape.at(-1)!]);
