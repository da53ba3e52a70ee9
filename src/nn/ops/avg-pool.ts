import { avgPool as pool } from '../../tensor/ops/pool.ts';
import type { Tensor4D } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const avgPool: Compute<'avgPool'> = (node, [x]) => pool(x as Tensor4D, node);
