import type { models as english } from '../en/models.ts';
import type { TextShape } from '../shape.ts';

export const models: TextShape<typeof english> = {};
