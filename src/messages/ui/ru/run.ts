import type { run as english } from '../en/run.ts';
import type { TextShape } from '../shape.ts';

export const run: TextShape<typeof english> = {};
