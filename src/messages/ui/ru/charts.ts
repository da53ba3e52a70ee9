import type { charts as english } from '../en/charts.ts';
import type { TextShape } from '../shape.ts';

export const charts: TextShape<typeof english> = {};
