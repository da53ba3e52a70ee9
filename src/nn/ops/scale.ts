import { tf } from '../../tensor/tf.ts';
import type { Compute } from '../op-compute.ts';

export const scale: Compute<'scale'> = ({ factor }, [x]) => tf.mul(x, factor);
