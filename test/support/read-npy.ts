import { readFileSync } from 'node:fs';

/** A float32 .npy file in C order (numpy's format, version 1). */
export function readNpy(path: string): { shape: number[]; data: Float32Array } {
  const bytes = readFileSync(path);
  const headerEnd = 10 + bytes.readUInt16LE(8);
  const header = bytes.toString('latin1', 10, headerEnd);
  if (!header.includes("'descr': '<f4'") || !header.includes("'fortran_order': False"))
    throw new Error(`${path}: ${header}`);
  const shape = /'shape': \(([^)]*)\)/
    .exec(header)![1]!
    .split(',')
    .filter((part) => part.trim() !== '');
  const data = bytes.subarray(headerEnd);
  return { shape: shape.map(Number), data: new Float32Array(new Uint8Array(data).buffer) };
}
