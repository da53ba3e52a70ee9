import { relu6 as apply } from '../../tensor/ops/activation.ts';
import type { Compute } from '../op-compute.ts';

export const relu6: Compute<'relu6'> = (_, [x]) => apply(x);
