import type { runs as english } from '../en/runs.ts';
import type { TextShape } from '../shape.ts';

export const runs: TextShape<typeof english> = {};
