import type { train as english } from '../en/train.ts';
import type { TextShape } from '../shape.ts';

export const train: TextShape<typeof english> = {};
