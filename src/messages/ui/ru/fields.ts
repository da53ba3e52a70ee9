import type { fields as english } from '../en/fields.ts';
import type { TextShape } from '../shape.ts';

export const fields: TextShape<typeof english> = {};
