import type { dataset as english } from '../en/dataset.ts';
import type { TextShape } from '../shape.ts';

export const dataset: TextShape<typeof english> = {};
