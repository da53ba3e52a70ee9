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
  readonly first: Int32Array;
  readonly size: number;
  /** [count, size]; rows sum to 1, padded with zeros. */
  readonly weights: Float32Array;
}

/** Pillow's coefficients (Resample.c, precompute_coeffs): the filter widens with the scale when shrinking. */
function computeTaps(inputLength: number, window: Window, filter: Filter): Taps {
  const { support, weight } = filters[filter];
  const scale = inputLength / window.length;
  const widening = Math.max(scale, 1);
  const reach = support * widening;
  const size = Math.ceil(reach) * 2 + 1;
  const first = new Int32Array(window.count);
  const weights = new Float32Array(window.count * size);
  const row = new Float64Array(size);
  for (let i = 0; i < window.count; i++) {
    const centre = (window.start + i + 0.5) * scale;
    const from = Math.max(0, Math.floor(centre - reach + 0.5));
    const to = Math.min(inputLength, Math.floor(centre + reach + 0.5));
    let sum = 0;
    for (let x = from; x < to; x++) sum += row[x - from] = weight(Math.abs((x - centre + 0.5) / widening));
    for (let x = from; x < to; x++) weights[i * size + x - from] = row[x - from]! / sum;
    first[i] = from;
  }
  return { first, size, weights };
}

/**
 * Separable resampling of interleaved RGB, both passes rounded to 8 bits as Pillow does; only the window asked for is computed.
 * pixels: uint8 [height, width, 3]; result: uint8 [vertical.count, horizontal.count, 3].
 */
export function resampleWindow(
  pixels: Uint8Array,
  width: number,
  height: number,
  horizontal: Window,
  vertical: Window,
  filter: Filter,
): Uint8Array {
  const across = computeTaps(width, horizontal, filter);
  const down = computeTaps(height, vertical, filter);
  const top = down.first[0]!;
  const bottom = Math.min(height, down.first[vertical.count - 1]! + down.size);
  const rowLength = horizontal.count * 3;

  const middle = new Uint8ClampedArray((bottom - top) * rowLength);
  for (let y = top; y < bottom; y++) {
    for (let i = 0; i < horizontal.count; i++) {
      const from = across.first[i]!;
      const taps = Math.min(across.size, width - from);
      let at = (y * width + from) * 3;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let t = 0; t < taps; t++, at += 3) {
        const w = across.weights[i * across.size + t]!;
        red += w * pixels[at]!;
        green += w * pixels[at + 1]!;
        blue += w * pixels[at + 2]!;
      }
      const to = (y - top) * rowLength + i * 3;
      middle[to] = Math.floor(red + 0.5);
      middle[to + 1] = Math.floor(green + 0.5);
      middle[to + 2] = Math.floor(blue + 0.5);
    }
  }

  const result = new Uint8ClampedArray(vertical.count * rowLength);
  const sums = new Float32Array(rowLength);
  for (let i = 0; i < vertical.count; i++) {
    const from = down.first[i]!;
    const taps = Math.min(down.size, height - from);
    sums.fill(0.5);
    for (let t = 0; t < taps; t++) {
      const w = down.weights[i * down.size + t]!;
      if (w === 0) continue;
      const row = (from - top + t) * rowLength;
      for (let x = 0; x < rowLength; x++) sums[x]! += w * middle[row + x]!;
    }
    for (let x = 0; x < rowLength; x++) result[i * rowLength + x] = Math.floor(sums[x]!);
  }
  return new Uint8Array(result.buffer);
}
