import { maxPool as pool } from '../../tensor/ops/pool.ts';
import type { Tensor4D } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const maxPool: Compute<'maxPool'> = (node, [x]) => pool(x as Tensor4D, node);
