import { normalise as apply } from '../../tensor/ops/normalise.ts';
import type { Tensor4D } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const normalise: Compute<'normalise'> = (node, [x]) => apply(x as Tensor4D, node);
