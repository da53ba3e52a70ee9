import { elementwise } from '../op-definition.ts';

/** 1 / (1 + e^−x). */
export const sigmoid = elementwise('sigmoid');
