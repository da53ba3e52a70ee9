import { AnnealError } from '../../base/errors.ts';

/** Padding of a window op: torch's symmetric pixels, or TensorFlow's SAME (bottom and right get the odd pixel). */
type WindowPadding = number | 'same';

export interface WindowOptions {
  readonly stride: number;
  readonly padding: WindowPadding;
}

/** Pixels before and after along one axis. */
export type Pads = readonly [before: number, after: number];

/** Padding along an axis of `size`, for windows of `kernel` that advance by `stride`; `ceilMode` as torch has it. */
function axisPads(size: number, kernel: number, { stride, padding }: WindowOptions, ceilMode = false): Pads {
  if (padding === 'same') {
    const total = Math.max(0, (Math.ceil(size / stride) - 1) * stride + kernel - size);
    return [Math.floor(total / 2), Math.ceil(total / 2)];
  }
  if (size + 2 * padding < kernel) {
    throw new AnnealError(
      'tensor.badShape',
      { op: 'A window', what: 'this size', expected: `at least ${kernel - 2 * padding}`, received: String(size) },
      { kind: 'failure' },
    );
  }
  if (!ceilMode) return [padding, padding];
  let windows = Math.ceil((size + 2 * padding - kernel) / stride) + 1;
  // torch: the last window must begin inside the input or the padding before it.
  if ((windows - 1) * stride >= size + padding) windows--;
  return [padding, Math.max(padding, (windows - 1) * stride + kernel - size - padding)];
}

/** Height's and width's pads of an NHWC shape. */
export function spatialPads(
  shape: readonly number[],
  kernel: readonly [number, number],
  options: WindowOptions,
  ceilMode = false,
): [Pads, Pads] {
  return [axisPads(shape[1]!, kernel[0], options, ceilMode), axisPads(shape[2]!, kernel[1], options, ceilMode)];
}

/** TensorFlow's `padding` and `explicit_paddings`. */
export interface PaddingAttrs {
  readonly padding: 'VALID' | 'SAME' | 'EXPLICIT';
  readonly explicit: readonly number[];
}

/** VALID or SAME wherever they mean the same as `pads`: the fast kernels serve these two only. */
export function paddingAttrs(
  pads: readonly [Pads, Pads],
  shape: readonly number[],
  kernel: readonly [number, number],
  stride: number,
): PaddingAttrs {
  const explicit = pads.flat();
  if (explicit.every((pad) => pad === 0)) return { padding: 'VALID', explicit: [] };
  const same = spatialPads(shape, kernel, { stride, padding: 'same' }).flat();
  if (explicit.every((pad, index) => pad === same[index])) return { padding: 'SAME', explicit: [] };
  return { padding: 'EXPLICIT', explicit: [0, 0, ...explicit, 0, 0] };
}
