/**
 * Reads safetensors a second time, for the check of exports alone: it shares nothing with the reader in weights/, so that a fault
 * there does not agree with itself. Format: 8 bytes little-endian header length, JSON, data
 * (github.com/huggingface/safetensors, "Format").
 */
export interface PlainTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

/** All floating-point tensors of a file by name; others (step counters) are left out. `bytes`: sound, by its sha256. */
export function plainSafetensors(bytes: Uint8Array): Map<string, PlainTensor> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = Number(view.getBigUint64(0, true));
  const text = new TextDecoder().decode(bytes.subarray(8, 8 + headerBytes));
  const header = JSON.parse(text) as Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
  const tensors = new Map<string, PlainTensor>();
  for (const [name, entry] of Object.entries(header)) {
    const read = name === '__metadata__' ? undefined : readers[entry.dtype];
    if (!read) continue;
    const start = 8 + headerBytes + entry.data_offsets[0];
    const count = (entry.data_offsets[1] - entry.data_offsets[0]) / read.bytes;
    const values = Float32Array.from({ length: count }, (_, i) => read.at(view, start + i * read.bytes));
    tensors.set(name, { shape: entry.shape, values });
  }
  return tensors;
}

interface NumberReader {
  readonly bytes: number;
  readonly at: (view: DataView, offset: number) => number;
}

const readers: Readonly<Record<string, NumberReader>> = {
  F64: { bytes: 8, at: (view, offset) => view.getFloat64(offset, true) },
  F32: { bytes: 4, at: (view, offset) => view.getFloat32(offset, true) },
  F16: { bytes: 2, at: (view, offset) => halfToNumber(view.getUint16(offset, true)) },
  BF16: { bytes: 2, at: (view, offset) => upperHalf(view.getUint16(offset, true)) },
};

/** IEEE 754 binary16: 1 sign bit, 5 of exponent (bias 15), 10 of fraction. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** bfloat16 is the upper half of a float32. */
function upperHalf(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, bits << 16);
  return view.getFloat32(0);
}
