/**
 * How a picture becomes the numbers a network was trained on. Comes with the weights (zoo manifest, bundle, run),
 * never from a constant elsewhere.
 */
export interface Preprocessing {
  /** Side of the square the network sees, pixels. */
  readonly inputSize: number;
  /** The shorter side is resized to `round(inputSize / cropFraction)`, then the centre square is taken (timm's `crop_pct`). */
  readonly cropFraction: number;
  /** Resampling filter, antialiased when shrinking as Pillow does. */
  readonly interpolation: 'bilinear' | 'bicubic';
  /** Per channel (RGB), on pixel values scaled to [0, 1]: `(x − mean) / std`. */
  readonly mean: readonly [number, number, number];
  readonly std: readonly [number, number, number];
}
