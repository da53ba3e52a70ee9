import type { Padding } from './net-spec.ts';

export interface WindowExtent {
  /** Positions of the window along the axis. */
  readonly out: number;
  /** Rows added in front of and behind the axis; what a floor leaves over behind is never read. */
  readonly before: number;
  readonly after: number;
}

/**
 * Where a window op lands on one axis of `size` elements.
 * `same` (TensorFlow): out = ⌈size / stride⌉, the odd element goes behind. A number (torch): that many on both sides,
 * out = ⌊(size + 2 padding − kernel) / stride⌋ + 1; with `ceilMode` the division rounds up, unless the last window
 * would start in the padding behind.
 */
export function windowExtent(
  size: number,
  kernel: number,
  stride: number,
  padding: Padding,
  ceilMode = false,
): WindowExtent {
  if (padding === 'same') {
    const out = Math.ceil(size / stride);
    const total = Math.max((out - 1) * stride + kernel - size, 0);
    return { out, before: Math.floor(total / 2), after: Math.ceil(total / 2) };
  }
  const free = size + 2 * padding - kernel;
  let out = (ceilMode ? Math.ceil(free / stride) : Math.floor(free / stride)) + 1;
  if (ceilMode && (out - 1) * stride >= size + padding) out -= 1;
  const overhang = Math.max((out - 1) * stride + kernel - size - 2 * padding, 0);
  return { out, before: padding, after: padding + overhang };
}
