import type { Compute } from '../op-compute.ts';

/** The input as it is: only training drops anything, in train/techniques/dropout.ts. */
export const dropout: Compute<'dropout'> = (_node, [x]) => x;
