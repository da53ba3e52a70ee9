/**
 * Offset of the centre square of `size` inside a square of `side`, pixels. Halves go to the even neighbour, as Python's
 * `round` does in torchvision's `center_crop`, so that odd differences crop the same pixels there and here.
 */
export function centreCropOffset(side: number, size: number): number {
  const half = (side - size) / 2;
  const floor = Math.floor(half);
  if (half === floor) return floor;
  return floor % 2 === 0 ? floor : floor + 1;
}
