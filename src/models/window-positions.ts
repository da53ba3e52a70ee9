/**
 * How many positions a window takes along an axis of `size` elements.
 * `same` (TensorFlow): ⌈size / stride⌉. A number (torch), that many on both sides:
 * ⌊(size + 2 padding − kernel) / stride⌋ + 1; with `ceilMode` the division rounds up, unless the last window would
 * start in the padding behind.
 */
export function windowPositions(
  size: number,
  kernel: number,
  stride: number,
  padding: number | 'same',
  ceilMode = false,
): number {
  if (padding === 'same') return Math.ceil(size / stride);
  const free = (size + 2 * padding - kernel) / stride;
  if (!ceilMode) return Math.floor(free) + 1;
  const positions = Math.ceil(free) + 1;
  return (positions - 1) * stride >= size + padding ? positions - 1 : positions;
}
