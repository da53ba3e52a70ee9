import { describe, expect, it } from 'vitest';
import { plainSafetensors } from '../../src/export/plain-safetensors.ts';

/** A file as the format's text describes it, by hand. */
function file(header: object, data: Uint8Array): Uint8Array {
  const text = new TextEncoder().encode(JSON.stringify(header));
  const bytes = new Uint8Array(8 + text.length + data.length);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
  bytes.set(text, 8);
  bytes.set(data, 8 + text.length);
  return bytes;
}

describe('the second reader of safetensors', () => {
  it('reads every floating-point type, wherever the file lies in memory, and leaves counters out', () => {
    const data = new Uint8Array(8 + 4 + 4 + 4 + 8);
    const view = new DataView(data.buffer);
    view.setFloat64(0, Math.PI, true);
    view.setFloat32(8, -1.5, true);
    // 1.0009765625 and the smallest subnormal, IEEE 754 binary16.
    view.setUint16(12, 0x3c01, true);
    view.setUint16(14, 0x8001, true);
    // bfloat16: the upper halves of 3.140625 and -infinity.
    view.setUint16(16, 0x4049, true);
    view.setUint16(18, 0xff80, true);
    view.setBigInt64(20, 7n, true);
    const bytes = file(
      {
        __metadata__: { format: 'pt' },
        double: { dtype: 'F64', shape: [], data_offsets: [0, 8] },
        single: { dtype: 'F32', shape: [1, 1], data_offsets: [8, 12] },
        half: { dtype: 'F16', shape: [2], data_offsets: [12, 16] },
        brain: { dtype: 'BF16', shape: [2], data_offsets: [16, 20] },
        counter: { dtype: 'I64', shape: [], data_offsets: [20, 28] },
      },
      data,
    );
    const padded = new Uint8Array(bytes.length + 3);
    padded.set(bytes, 3);
    const tensors = plainSafetensors(padded.subarray(3));
    expect([...tensors.keys()]).toEqual(['double', 'single', 'half', 'brain']);
    expect(tensors.get('double')).toEqual({ shape: [], values: Float32Array.of(Math.PI) });
    expect(tensors.get('single')).toEqual({ shape: [1, 1], values: Float32Array.of(-1.5) });
    expect([...tensors.get('half')!.values]).toEqual([1.0009765625, -(2 ** -24)]);
    expect([...tensors.get('brain')!.values]).toEqual([3.140625, -Infinity]);
  });
});
