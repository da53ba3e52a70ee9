import { relu as apply } from '../../tensor/ops/activation.ts';
import type { Compute } from '../op-compute.ts';

export const relu: Compute<'relu'> = (_, [x]) => apply(x);
