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

export const bytesPerElement: Readonly<Record<Dtype, number>> = {
  float64: 8,
  float32: 4,
  float16: 2,
  bfloat16: 2,
  int64: 8,
  uint64: 8,
  int32: 4,
  uint32: 4,
  int16: 2,
  uint16: 2,
  int8: 1,
  uint8: 1,
  bool: 1,
};

export function float32Tensor(shape: readonly number[], data: Float32Array<ArrayBuffer>): HostTensor<'float32'> {
  return { dtype: 'float32', shape, data };
}

/**
 * A tensor over little-endian `bytes`, which must hold exactly `product(shape)` elements. Takes the bytes over when they are
 * aligned and alone in their buffer, else copies them.
 */
export function tensorFromBytes(dtype: Dtype, shape: readonly number[], bytes: Uint8Array<ArrayBuffer>): HostTensor {
  const alone = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return { dtype, shape, data: viewOf(dtype, alone ? bytes.buffer : bytes.slice().buffer) };
}

function viewOf(dtype: Dtype, buffer: ArrayBuffer): DtypeArrays[Dtype] {
  switch (dtype) {
    case 'float64':
      return new Float64Array(buffer);
    case 'float32':
      return new Float32Array(buffer);
    case 'float16':
    case 'bfloat16':
    case 'uint16':
      return new Uint16Array(buffer);
    case 'int64':
      return new BigInt64Array(buffer);
    case 'uint64':
      return new BigUint64Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'uint32':
      return new Uint32Array(buffer);
    case 'int16':
      return new Int16Array(buffer);
    case 'int8':
      return new Int8Array(buffer);
    case 'uint8':
    case 'bool':
      return new Uint8Array(buffer);
  }
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
