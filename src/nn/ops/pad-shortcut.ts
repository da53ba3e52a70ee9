import { avgPool } from '../../tensor/ops/pool.ts';
import { tf, type Tensor4D } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

/** Every `stride`-th row and column from the first; zero channels on both sides. */
export const padShortcut: Compute<'padShortcut'> = ({ stride, channelsBefore, channelsAfter }, [input]) => {
  const x = input as Tensor4D;
  // The mean over windows of one element is the element; unlike tf-core's strided slice it has a gradient.
  const subsampled = stride === 1 ? x : avgPool(x, { kernelSize: 1, stride, padding: 0 });
  return tf.pad4d(subsampled, [
    [0, 0],
    [0, 0],
    [0, 0],
    [channelsBefore, channelsAfter],
  ]);
};
