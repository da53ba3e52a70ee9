import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { count, fraction } from './schemas.ts';

/** Which pictures an accuracy was measured on. `outOfFold`: each picture judged by the fold model that did not see it. */
export const splitSchema = v.picklist(['train', 'validation', 'test', 'outOfFold']);
export type AccuracySplit = v.InferOutput<typeof splitSchema>;

/** An accuracy never stands alone: the pictures it was measured on and its 95 % Wilson interval stand beside it. */
export const accuracySchema = v.object({
  accuracy: fraction,
  split: splitSchema,
  n: count,
  low: fraction,
  high: fraction,
});
export type Accuracy = Immutable<v.InferOutput<typeof accuracySchema>>;
