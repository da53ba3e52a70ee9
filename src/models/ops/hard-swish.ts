import { elementwise } from '../op-definition.ts';

/** x · relu6(x + 3) / 6 (Howard et al. 2019, arXiv 1905.02244). */
export const hardSwish = elementwise('hardSwish');
