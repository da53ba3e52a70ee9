/** One number for both, or height's and width's, as torch takes them. */
export type Sides = number | readonly [height: number, width: number];

export function pairOf(value: Sides): readonly [height: number, width: number] {
  return typeof value === 'number' ? [value, value] : value;
}
