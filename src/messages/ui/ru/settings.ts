import type { settings as english } from '../en/settings.ts';
import type { TextShape } from '../shape.ts';

export const settings: TextShape<typeof english> = {};
