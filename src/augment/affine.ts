/**
 * Affine maps of the plane in continuous picture coordinates: pixel (column i, row j) covers [i, i+1) × [j, j+1), so its
 * centre is (i + ½, j + ½). A point (x, y) goes to (a·x + b·y + c, d·x + e·y + f).
 */
export type Affine = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** The map that does `first`, then `second`. */
export function compose(first: Affine, second: Affine): Affine {
  const [a, b, c, d, e, f] = first;
  const [p, q, r, s, t, u] = second;
  return [p * a + q * d, p * b + q * e, p * c + q * f + r, s * a + t * d, s * b + t * e, s * c + t * f + u];
}

/** Output square of `size` → box of the input: what `resized_crop` reads. Pixels. */
export function boxToSquare(box: { left: number; top: number; width: number; height: number }, size: number): Affine {
  return [box.width / size, 0, box.left, 0, box.height / size, box.top];
}

/** Output → input of a left-right mirror of a square. */
export function mirror(size: number): Affine {
  return [-1, 0, size, 0, 1, 0];
}

/**
 * Output → input of torchvision's `functional.affine` (no shear) on a square of `size`: the picture is scaled and turned
 * clockwise by `degrees` about its centre, then shifted by (`shiftX`, `shiftY`) pixels to the right and down. This is the inverse of that.
 */
export function inverseShiftScaleTurn(
  size: number,
  shiftX: number,
  shiftY: number,
  scale: number,
  degrees: number,
): Affine {
  const angle = (degrees * Math.PI) / 180;
  const cos = Math.cos(angle) / scale;
  const sin = Math.sin(angle) / scale;
  const centre = size / 2;
  const x = centre + shiftX;
  const y = centre + shiftY;
  return [cos, sin, centre - cos * x - sin * y, -sin, cos, centre + sin * x - cos * y];
}

/**
 * Writes an output → input map as the 8 numbers of TensorFlow's ImageProjectiveTransformV3 into `target` at `offset`.
 * That op counts from pixel centres (pixel i is at i), hence the half pixels.
 */
export function writeProjective([a, b, c, d, e, f]: Affine, target: Float32Array, offset: number): void {
  target.set([a, b, c + (a + b - 1) / 2, d, e, f + (d + e - 1) / 2, 0, 0], offset);
}
