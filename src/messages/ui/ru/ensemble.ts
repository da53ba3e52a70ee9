import type { ensemble as english } from '../en/ensemble.ts';
import type { TextShape } from '../shape.ts';

export const ensemble: TextShape<typeof english> = {};
