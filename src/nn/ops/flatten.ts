import { sizeOf } from '../../base/size-of.ts';
import { tf } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const flatten: Compute<'flatten'> = (_, [x]) => {
  const channelsFirst = x.rank === 4 ? tf.transpose(x, [0, 3, 1, 2]) : x.rank === 3 ? tf.transpose(x, [0, 2, 1]) : x;
  return tf.reshape(channelsFirst, [-1, sizeOf(x.shape.slice(1))]);
};
