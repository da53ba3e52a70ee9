import { elementwise } from '../op-definition.ts';

/** min(6, max(0, x)). */
export const relu6 = elementwise('relu6');
