import type { tryIt as english } from '../en/try-it.ts';
import type { TextShape } from '../shape.ts';

export const tryIt: TextShape<typeof english> = {};
