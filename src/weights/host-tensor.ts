import { bfloat16ToFloat32, float16ToFloat32 } from './half.ts';

/** The typed array that holds each dtype. float16 and bfloat16 are kept as their bits: JavaScript has neither. */
interface DtypeArrays {
  float64: Float64Array<ArrayBuffer>;
  float32: Float32Array<ArrayBuffer>;
  float16: Uint16Array<ArrayBuffer>;
  bfloat16: Uint16Array<ArrayBuffer>;
  int64: BigInt64Array<ArrayBuffer>;
  uint64: BigUint64Array<ArrayBuffer>;
  int32: Int32Array<ArrayBuffer>;
  uint32: Uint32Array<ArrayBuffer>;
  int16: Int16Array<ArrayBuffer>;
  uint16: Uint16Array<ArrayBuffer>;
  int8: Int8Array<ArrayBuffer>;
  uint8: Uint8Array<ArrayBuffer>;
  /** 0 or 1. */
  bool: Uint8Array<ArrayBuffer>;
}
export type Dtype = keyof DtypeArrays;

/** Numbers in memory, on no device: `data` is row-major (C order) and has exactly `product(shape)` entries. */
export interface HostTensor<D extends Dtype = Dtype> {
  readonly dtype: D;
  readonly shape: readonly number[];
  readonly data: DtypeArrays[D];
}

/** What makes an array of each dtype over a buffer, and counts the bytes of one number. */
const arrays: {
  readonly [D in Dtype]: { readonly BYTES_PER_ELEMENT: number; new (buffer: ArrayBuffer): DtypeArrays[D] };
} = {
  float64: Float64Array,
  float32: Float32Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int8: Int8Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

export const bytesPerElement = Object.fromEntries(
  Object.entries(arrays).map(([dtype, { BYTES_PER_ELEMENT }]) => [dtype, BYTES_PER_ELEMENT]),
) as Readonly<Record<Dtype, number>>;

export function float32Tensor(shape: readonly number[], data: Float32Array<ArrayBuffer>): HostTensor<'float32'> {
  return { dtype: 'float32', shape, data };
}

/**
 * A tensor over little-endian `bytes`, which must hold exactly `product(shape)` elements. Takes the bytes over when they are
 * aligned and alone in their buffer, else copies them.
 */
export function tensorFromBytes(dtype: Dtype, shape: readonly number[], bytes: Uint8Array<ArrayBuffer>): HostTensor {
  const alone = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return { dtype, shape, data: new arrays[dtype](alone ? bytes.buffer : bytes.slice().buffer) };
}

/** The tensor's bytes, without a copy. */
export function tensorBytes(tensor: HostTensor): Uint8Array<ArrayBuffer> {
  return new Uint8Array(tensor.data.buffer, tensor.data.byteOffset, tensor.data.byteLength);
}

/** The values as float32, row-major. A float32 tensor gives its own array; any other dtype a new one. */
export function toFloat32(tensor: HostTensor): Float32Array<ArrayBuffer> {
  const { dtype, data } = tensor;
  if (data instanceof Float32Array) return data;
  if (data instanceof Uint16Array && dtype !== 'uint16') {
    const decode = dtype === 'float16' ? float16ToFloat32 : bfloat16ToFloat32;
    return Float32Array.from(data, decode);
  }
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    const values = new Float32Array(data.length);
    data.forEach((value, index) => (values[index] = Number(value)));
    return values;
  }
  return Float32Array.from(data);
}
