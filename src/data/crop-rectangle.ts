import type { Preprocessing } from '../protocol/preprocessing.ts';
import { decodeTarget, resizeWindows, roundHalfToEven } from './decode-picture.ts';

/** Part of a picture that is kept for evaluation, in the picture's own pixels, upright; its edges lie between pixels. */
export function cropRectangle(
  { width, height }: { readonly width: number; readonly height: number },
  preprocessing: Preprocessing,
): { readonly left: number; readonly top: number; readonly width: number; readonly height: number } {
  const { side } = decodeTarget(preprocessing);
  const { inputSize } = preprocessing;
  const { horizontal, vertical } = resizeWindows(width, height, side);
  const offset = roundHalfToEven((side - inputSize) / 2);
  const across = width / horizontal.length;
  const down = height / vertical.length;
  return {
    left: (horizontal.start + offset) * across,
    top: (vertical.start + offset) * down,
    width: inputSize * across,
    height: inputSize * down,
  };
}
