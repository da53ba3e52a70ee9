import { elementwise } from '../op-definition.ts';

/** max(0, x). */
export const relu = elementwise('relu');
