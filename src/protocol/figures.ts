import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { count, fraction } from './schemas.ts';

/** What an accuracy alone does not tell, on the same pictures. */
export const figuresSchema = v.object({
  /** Mean of −ln p(label). */
  logLoss: v.pipe(v.number(), v.minValue(0)),
  /** Expected calibration error over ten equal bins, a fraction. */
  calibrationError: fraction,
  /** Mean recall of the classes that have pictures. */
  balancedAccuracy: fraction,
  /** Mean F1 of the classes that have pictures. */
  macroF1: fraction,
  /** Answering always the most frequent class: which, by its place in the run's classes, and how often that is right. */
  constant: v.object({ label: count, rate: fraction }),
  /** Pictures of the largest class for each of the smallest that has any. */
  imbalance: v.pipe(v.number(), v.minValue(1)),
});
export type Figures = Immutable<v.InferOutput<typeof figuresSchema>>;

/** Above this balanced accuracy and macro F1 say something that accuracy does not. */
export const unevenFrom = 1.5;
