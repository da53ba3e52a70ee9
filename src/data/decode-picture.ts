import { readFile } from 'node:fs/promises';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import { decodeTarget, type DecodeTarget } from './decode-target.ts';
import { openPicture, rgbPixels } from './open-picture.ts';
import { resampleWindow, type Window } from './resample.ts';

export { decodeTarget, type DecodeTarget };

/** The one definition of resizing, in words for a bundle's manifest; part of every cache key. */
export function resizeDefinition(preprocessing: Preprocessing): string {
  const { side, interpolation } = decodeTarget(preprocessing);
  const { inputSize } = preprocessing;
  const filter = interpolation === 'bicubic' ? 'bicubic (Keys, a = -0.5)' : 'bilinear (triangle)';
  return [
    'Turn upright by EXIF orientation; lay transparent parts on white; 8-bit RGB, embedded colour profiles used for CMYK only; first frame.',
    `Resize the shorter side to ${side} and the longer one to floor(${side} * long / short) with a separable ${filter} filter,`,
    'pixel centres at half integers, the filter widened by the scale when shrinking (antialias, as Pillow), weights renormalised at borders.',
    `Take the central ${side} x ${side} square at offset round_half_to_even((length - ${side}) / 2),`,
    `then its central ${inputSize} x ${inputSize} square at offset round_half_to_even((${side} - ${inputSize}) / 2).`,
  ].join(' ');
}

/** As Python and TensorFlow round: halves go to the even neighbour. */
export function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** Resized length of each axis and the central window on it. */
export function resizeWindows(width: number, height: number, side: number): { horizontal: Window; vertical: Window } {
  const window = (length: number): Window => ({ length, start: roundHalfToEven((length - side) / 2), count: side });
  const short = Math.min(width, height);
  const resized = (length: number) => (length === short ? side : Math.floor((side * length) / short));
  return { horizontal: window(resized(width)), vertical: window(resized(height)) };
}

/**
 * A picture file, or its bytes, as the kept square: uint8 [side, side, 3], RGB. Follows `resizeDefinition`.
 *
 * Shrinking runs in libvips, whose cubic and linear kernels are Pillow's up to rounding (mean difference 0.2 levels);
 * JPEG's shrink-on-load filters differently (up to 2 levels), and an extract before the resize is what keeps it off. Its
 * enlarging samples at other positions (up to 11 levels), so enlarging is done here.
 *
 * Throws the errors of `openPicture`, or the file system's.
 */
export async function decodePicture(file: string | Uint8Array, target: DecodeTarget): Promise<Uint8Array> {
  const picture = await openPicture(typeof file === 'string' ? await readFile(file) : file);
  const { side, interpolation } = target;
  const windows = resizeWindows(picture.width, picture.height, side);
  const pipeline = picture.pipeline();
  if (Math.min(picture.width, picture.height) < side) {
    return resampleWindow(await rgbPixels(picture, pipeline), windows, interpolation);
  }
  const { horizontal, vertical } = windows;
  const whole = { left: 0, top: 0, width: picture.width, height: picture.height };
  const shrunk = pipeline.extract(whole).resize(horizontal.length, vertical.length, {
    fit: 'fill',
    kernel: interpolation === 'bicubic' ? 'cubic' : 'linear',
    fastShrinkOnLoad: false,
  });
  const { data } = await rgbPixels(
    picture,
    shrunk.extract({ left: horizontal.start, top: vertical.start, width: side, height: side }),
  );
  return data;
}

/**
 * The evaluation crop of a batch: the exact centre of each kept square.
 * batch: uint8 [n, side, side, 3]; result: uint8 [n, size, size, 3].
 */
export function cropCentre(batch: Uint8Array, n: number, side: number, size: number): Uint8Array {
  if (size === side) return batch.subarray(0, n * side * side * 3);
  const offset = roundHalfToEven((side - size) / 2);
  const result = new Uint8Array(n * size * size * 3);
  for (let i = 0; i < n; i++) {
    for (let y = 0; y < size; y++) {
      const from = ((i * side + offset + y) * side + offset) * 3;
      result.set(batch.subarray(from, from + size * 3), (i * size + y) * size * 3);
    }
  }
  return result;
}
