import { describe, expect, it } from 'vitest';
import { float32Tensor, tensorFromBytes, toFloat32, type HostTensor } from '../../src/weights/host-tensor.ts';

describe('host tensors', () => {
  it('decode every kind of float16: zero, subnormal, normal, the largest, infinity, not a number', () => {
    // IEEE 754-2008, binary16: 2^-24, 2^-14, 1, -2, 65504, inf
    const halves = Uint16Array.of(0x0000, 0x0001, 0x0400, 0x3c00, 0xc000, 0x7bff, 0x7c00, 0xfc00, 0x7e00);
    const values = [0, 2 ** -24, 2 ** -14, 1, -2, 65504, Infinity, -Infinity, NaN];
    expect([...toFloat32({ dtype: 'float16', shape: [9], data: halves })]).toEqual(values);
  });

  it('decode bfloat16 as the upper half of a float32', () => {
    const halves = Uint16Array.of(0x3f80, 0xc040, 0x7f80, 0x0000);
    expect([...toFloat32({ dtype: 'bfloat16', shape: [4], data: halves })]).toEqual([1, -3, Infinity, 0]);
  });

  it('turn 64-bit integers into numbers', () => {
    const tensor: HostTensor = { dtype: 'int64', shape: [3], data: BigInt64Array.of(-1n, 0n, 1n << 40n) };
    expect([...toFloat32(tensor)]).toEqual([-1, 0, 2 ** 40]);
  });

  it('give a float32 tensor its own array, without a copy', () => {
    const data = Float32Array.of(1, 2);
    expect(toFloat32(float32Tensor([2], data))).toBe(data);
  });

  it('copy bytes that lie unaligned inside a larger buffer', () => {
    const bytes = new Uint8Array(13);
    new DataView(bytes.buffer).setFloat32(5, 0.5, true);
    const tensor = tensorFromBytes('float32', [1], bytes.subarray(5, 9));
    expect([...toFloat32(tensor)]).toEqual([0.5]);
  });
});
