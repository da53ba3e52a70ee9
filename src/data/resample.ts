import type { Preprocessing } from '../protocol/preprocessing.ts';

type Filter = Preprocessing['interpolation'];

/** Pixels in; a window of the resized picture out. */
export interface Window {
  /** Length of the whole axis after resizing. */
  readonly length: number;
  /** First pixel and number of pixels of the window on it. */
  readonly start: number;
  readonly count: number;
}

const filters: Record<Filter, { support: number; weight: (x: number) => number }> = {
  bilinear: { support: 1, weight: (x) => (x < 1 ? 1 - x : 0) },
  // Keys 1981, a = −0.5, as in Pillow and in TensorFlow's antialiased resize.
  bicubic: {
    support: 2,
    weight: (x) => (x < 1 ? (1.5 * x - 2.5) * x * x + 1 : x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0),
  },
};

interface Taps {
  /** First input pixel of each output pixel, and how many follow from there. */
  readonly first: Int32Array;
  readonly counts: Int32Array;
  readonly size: number;
  /** [count, size]; rows sum to 1, padded with zeros to a multiple of four. */
  readonly weights: Float64Array;
}

/** Pillow's coefficients (Resample.c, precompute_coeffs): the filter widens with the scale when shrinking. */
function computeTaps(inputLength: number, window: Window, filter: Filter): Taps {
  const { support, weight } = filters[filter];
  const scale = inputLength / window.length;
  const widening = Math.max(scale, 1);
  const reach = support * widening;
  const size = Math.ceil((Math.ceil(reach) * 2 + 1) / 4) * 4;
  const first = new Int32Array(window.count);
  const counts = new Int32Array(window.count);
  const weights = new Float64Array(window.count * size);
  const row = new Float64Array(size);
  for (let i = 0; i < window.count; i++) {
    const centre = (window.start + i + 0.5) * scale;
    const from = Math.max(0, Math.floor(centre - reach + 0.5));
    const to = Math.min(inputLength, Math.floor(centre + reach + 0.5));
    let sum = 0;
    for (let x = from; x < to; x++) sum += row[x - from] = weight(Math.abs((x - centre + 0.5) / widening));
    for (let x = from; x < to; x++) weights[i * size + x - from] = row[x - from]! / sum;
    first[i] = from;
    counts[i] = to - from;
  }
  return { first, counts, size, weights };
}

/**
 * Separable resampling of interleaved RGB, both passes rounded to 8 bits as Pillow does; only the window asked for is computed.
 * data: uint8 [height, width, 3]; result: uint8 [vertical.count, horizontal.count, 3].
 */
export function resampleWindow(
  { data: pixels, width, height }: { readonly data: Uint8Array; readonly width: number; readonly height: number },
  { horizontal, vertical }: { readonly horizontal: Window; readonly vertical: Window },
  filter: Filter,
): Uint8Array {
  const across = computeTaps(width, horizontal, filter);
  const down = computeTaps(height, vertical, filter);
  const top = down.first[0]!;
  const last = vertical.count - 1;
  const bottom = down.first[last]! + down.counts[last]!;
  const rowLength = horizontal.count * 3;

  const middle = new Uint8ClampedArray((bottom - top) * rowLength); // a clamped array rounds
  for (let i = 0; i < horizontal.count; i++) {
    const from = across.first[i]!;
    const taps = across.counts[i]!;
    const row = across.weights.subarray(i * across.size, i * across.size + taps);
    for (let y = top; y < bottom; y++) {
      let at = (y * width + from) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let t = 0; t < taps; t++, at += 3) {
        const w = row[t]!;
        red += w * pixels[at]!;
        green += w * pixels[at + 1]!;
        blue += w * pixels[at + 2]!;
      }
      const to = (y - top) * rowLength + i * 3;
      middle[to] = red;
      middle[to + 1] = green;
      middle[to + 2] = blue;
    }
  }

  const result = new Uint8ClampedArray(vertical.count * rowLength);
  const sums = new Float64Array(rowLength);
  for (let i = 0; i < vertical.count; i++) {
    const from = down.first[i]! - top;
    const taps = down.counts[i]!;
    const rowAt = (t: number) => Math.min(from + t, bottom - top - 1) * rowLength; // beyond the last tap the weight is 0
    for (let t = 0; t < taps; t += 4) {
      const at = i * down.size + t;
      const [w0, w1, w2, w3] = [down.weights[at]!, down.weights[at + 1]!, down.weights[at + 2]!, down.weights[at + 3]!];
      const [r0, r1, r2, r3] = [rowAt(t), rowAt(t + 1), rowAt(t + 2), rowAt(t + 3)];
      for (let x = 0; x < rowLength; x++) {
        const sum = w0 * middle[r0 + x]! + w1 * middle[r1 + x]! + w2 * middle[r2 + x]! + w3 * middle[r3 + x]!;
        if (taps <= 4) result[i * rowLength + x] = sum;
        else sums[x] = t === 0 ? sum : sums[x]! + sum;
      }
    }
    if (taps > 4) result.set(sums, i * rowLength);
  }
  return new Uint8Array(result.buffer);
}
