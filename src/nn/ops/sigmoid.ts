import { sigmoid as apply } from '../../tensor/ops/activation.ts';
import type { Compute } from '../op-compute.ts';

export const sigmoid: Compute<'sigmoid'> = (_, [x]) => apply(x);
