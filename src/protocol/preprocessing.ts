import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';

const rgb = v.tuple([v.number(), v.number(), v.number()]);

/**
 * How a picture becomes the numbers a network was trained on. Comes with the weights (zoo manifest, bundle, run),
 * never from a constant elsewhere.
 */
export const preprocessingSchema = v.object({
  /** Side of the square the network sees, pixels. */
  inputSize: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
  /** The shorter side is resized to `round(inputSize / cropFraction)`, then the centre square is taken (timm's `crop_pct`). */
  cropFraction: v.pipe(v.number(), v.gtValue(0), v.maxValue(1)),
  /** Resampling filter, antialiased when shrinking as Pillow does. */
  interpolation: v.picklist(['bilinear', 'bicubic']),
  /** Per channel (RGB), on pixel values scaled to [0, 1]: `(x − mean) / std`. */
  mean: rgb,
  std: rgb,
});

export type Preprocessing = Immutable<v.InferOutput<typeof preprocessingSchema>>;
