import { boxToSquare, compose, inverseShiftScaleTurn, mirror, type Affine } from './affine.ts';
import { centreCropOffset } from './centre-crop.ts';
import type { Frame } from './frame.ts';
import type { CropBox } from './random-crop-box.ts';

/**
 * How a picture is looked at. In the order a picture meets it: a box of the cached square (null: its centre square of `size`), turn
 * and zoom about the centre, a shift by pixels of the output, a mirror.
 */
export interface Pose {
  readonly box: CropBox | null;
  readonly shiftX: number;
  readonly shiftY: number;
  readonly scale: number;
  readonly degrees: number;
  readonly mirrored: boolean;
}

/** The picture as it is. */
export const plainPose: Pose = { box: null, shiftX: 0, shiftY: 0, scale: 1, degrees: 0, mirrored: false };

/** Output pixel → input pixel, all of it in one map. */
export function poseMap({ box, shiftX, shiftY, scale, degrees, mirrored }: Pose, { side, size }: Frame): Affine {
  let map = box === null ? centreSquare(side, size) : boxToSquare(box, size);
  const still = shiftX === 0 && shiftY === 0 && scale === 1 && degrees === 0;
  if (!still) map = compose(inverseShiftScaleTurn(size, shiftX, shiftY, scale, degrees), map);
  return mirrored ? compose(mirror(size), map) : map;
}

function centreSquare(side: number, size: number): Affine {
  const offset = centreCropOffset(side, size);
  return [1, 0, offset, 0, 1, offset];
}
