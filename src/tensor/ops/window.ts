import { AnnealError } from '../../base/errors.ts';
import { pairOf, type Sides } from '../../base/sides.ts';

/** Padding of a window op: torch's symmetric pixels, or TensorFlow's SAME (bottom and right get the odd pixel). */
type WindowPadding = Sides | 'same';

export interface WindowOptions {
  readonly stride: Sides;
  readonly padding: WindowPadding;
}

interface AxisOptions {
  readonly stride: number;
  readonly padding: number | 'same';
}

/** Pixels before and after along one axis. */
export type Pads = readonly [before: number, after: number];

/** Padding along an axis of `size`, for windows of `kernel` that advance by `stride`; `ceilMode` as torch has it. */
function axisPads(size: number, kernel: number, { stride, padding }: AxisOptions, ceilMode = false): Pads {
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
  const pads = (axis: 0 | 1): Pads => {
    const padding = options.padding === 'same' ? options.padding : pairOf(options.padding)[axis];
    return axisPads(shape[axis + 1]!, kernel[axis], { stride: pairOf(options.stride)[axis], padding }, ceilMode);
  };
  return [pads(0), pads(1)];
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
  stride: Sides,
): PaddingAttrs {
  const explicit = pads.flat();
  if (explicit.every((pad) => pad === 0)) return { padding: 'VALID', explicit: [] };
  const same = spatialPads(shape, kernel, { stride, padding: 'same' }).flat();
  if (explicit.every((pad, index) => pad === same[index])) return { padding: 'SAME', explicit: [] };
  return { padding: 'EXPLICIT', explicit: [0, 0, ...explicit, 0, 0] };
}
