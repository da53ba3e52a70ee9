import { globalAveragePool as pool } from '../../tensor/ops/pool.ts';
import { tf } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const globalAveragePool: Compute<'globalAveragePool'> = ({ keepSides }, [x]) => {
  const mean = pool(x);
  return keepSides ? tf.reshape(mean, [-1, 1, 1, x.shape.at(-1)!]) : mean;
};
