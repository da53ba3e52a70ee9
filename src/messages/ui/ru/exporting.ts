import type { exporting as english } from '../en/exporting.ts';
import type { TextShape } from '../shape.ts';

export const exporting: TextShape<typeof english> = {};
