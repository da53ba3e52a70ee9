import { sizeOf } from '../base/size-of.ts';
import { bytesPerElement, tensorFromBytes, type HostTensor } from './host-tensor.ts';
import type { TensorRef } from './pickle-values.ts';

/** Largest element index that the view reaches, or −1 for an empty one. */
export function lastIndex({ offset, shape, strides }: TensorRef): number {
  if (shape.includes(0)) return -1;
  return shape.reduce((index, size, axis) => index + (size - 1) * strides[axis]!, offset);
}

/** True when the view's elements lie one after the other in row-major order. */
function isContiguous({ shape, strides }: TensorRef): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis]! !== 1 && strides[axis]! !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}

/**
 * The view's values in row-major order, out of its storage's bytes. The caller has checked that `lastIndex` lies inside.
 * With `own`, the caller gives the storage away and a view that is the whole of it takes its bytes over.
 */
export function gather(view: TensorRef, storage: Uint8Array<ArrayBuffer>, ownsStorage: boolean): HostTensor {
  const { shape, strides, offset } = view;
  const { dtype } = view.storage;
  const width = bytesPerElement[dtype];
  const count = sizeOf(shape);
  const start = offset * width;
  const bytes = count * width;
  if (count === 0) return tensorFromBytes(dtype, shape, new Uint8Array(0));
  if (isContiguous(view))
    return tensorFromBytes(
      dtype,
      shape,
      ownsStorage ? storage.subarray(start, start + bytes) : storage.slice(start, start + bytes),
    );

  const out = new Uint8Array(bytes);
  const index = shape.map(() => 0);
  let from = offset;
  for (let to = 0; to < count; to++) {
    for (let byte = 0; byte < width; byte++) out[to * width + byte] = storage[from * width + byte]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      from -= shape[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return tensorFromBytes(dtype, shape, out);
}
