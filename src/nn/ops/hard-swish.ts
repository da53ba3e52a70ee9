import { hardSwish as apply } from '../../tensor/ops/activation.ts';
import type { Compute } from '../op-compute.ts';

export const hardSwish: Compute<'hardSwish'> = (_, [x]) => apply(x);
