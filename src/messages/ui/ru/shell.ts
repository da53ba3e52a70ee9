import type { shell as english } from '../en/shell.ts';
import type { TextShape } from '../shape.ts';

export const shell: TextShape<typeof english> = {};
