import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { sizeOf } from '../../src/base/size-of.ts';
import type { Dtype, HostTensor } from '../../src/weights/host-tensor.ts';

/** Path of a file that test/oracles/weights.py wrote. */
export const fixture = (name: string) => resolve(import.meta.dirname, '../fixtures/weights', name);
export const fixtureBytes = (name: string) => new Uint8Array(readFileSync(fixture(name)));

/** The oracle's formula, for the element at index `i` in C order. */
export function formula(dtype: Dtype, i: number): number {
  const step = (i * 37) % 101;
  if (dtype === 'bool') return step % 2;
  if (dtype.startsWith('uint')) return step;
  return dtype.includes('float') ? (step - 50) / 8 : step - 50;
}

export function filled(shape: readonly number[], dtype: Dtype = 'float32'): number[] {
  return Array.from({ length: sizeOf(shape) }, (_, i) => formula(dtype, i));
}

export function sameTensor(a: HostTensor, b: HostTensor): boolean {
  return (
    a.dtype === b.dtype &&
    a.shape.join() === b.shape.join() &&
    Buffer.from(a.data.buffer).equals(Buffer.from(b.data.buffer))
  );
}
