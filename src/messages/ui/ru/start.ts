import type { start as english } from '../en/start.ts';
import type { TextShape } from '../shape.ts';

export const start: TextShape<typeof english> = {};
