import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sizeOf } from '../../src/base/size-of.ts';
import { AnnealError } from '../../src/base/errors.ts';
import { describeError } from '../../src/messages/describe.ts';
import {
  bytesPerElement,
  float32Tensor,
  tensorFromBytes,
  toFloat32,
  type Dtype,
  type HostTensor,
} from '../../src/weights/host-tensor.ts';
import {
  encodeSafetensors,
  openSafetensors,
  readSafetensors,
  writeSafetensors,
} from '../../src/weights/safetensors.ts';
import { filled, fixture, fixtureBytes, sameTensor } from './fixture.ts';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'anneal-safetensors-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A file with any header, to be refused. */
function fileOf(header: unknown, dataBytes: number): Uint8Array {
  const json = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return new Uint8Array(Buffer.concat([length, json, Buffer.alloc(dataBytes)]));
}

const refusal = async (bytes: Uint8Array) => {
  const error: unknown = await readSafetensors('net.safetensors', bytes).then(
    () => 'nothing thrown',
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof AnnealError)) throw new Error(`expected an AnnealError, received ${String(error)}`);
  return { code: error.code, words: Object.values(describeError(error.toData())).join(' ') };
};

describe('safetensors, reading', () => {
  it('reads every dtype, a scalar, an empty tensor and odd names as the reference library wrote them', async () => {
    const { tensors, metadata } = await readSafetensors(fixture('plain.safetensors'));
    expect(metadata).toEqual({ format: 'pt' });
    for (const dtype of Object.keys(bytesPerElement) as Dtype[]) {
      const tensor = tensors.get(`layer.${dtype}`)!;
      expect(tensor.dtype).toBe(dtype);
      expect(tensor.shape).toEqual([3, 5]);
      expect([...toFloat32(tensor)]).toEqual(filled([3, 5], dtype));
    }
    expect(tensors.get('scalar')).toMatchObject({ shape: [], data: Float32Array.of(-6.25) });
    expect(tensors.get('empty')).toMatchObject({ shape: [0, 4], data: new Float32Array(0) });
    expect([...tensors.get('odd "name"\né😀')!.data]).toEqual(filled([2]));
    expect(tensors.size).toBe(Object.keys(bytesPerElement).length + 4);
  });

  it('reads one tensor of an open file without the others, and names a missing one', async () => {
    const file = await openSafetensors(fixture('plain.safetensors'));
    try {
      expect([...toFloat32(await file.read('layer.float16'))]).toEqual(filled([3, 5], 'float16'));
      await expect(file.read('layer.float61')).rejects.toMatchObject({ code: 'weights.missingTensor' });
    } finally {
      await file.close();
    }
  });

  it('reads a file without tensors', async () => {
    expect((await readSafetensors(fixture('nothing.safetensors'))).tensors.size).toBe(0);
  });

  it('refuses a header longer than the file, before memory is taken for it', async () => {
    const bytes = fileOf({}, 0);
    new DataView(bytes.buffer).setBigUint64(0, 90_000_000n, true);
    expect(await refusal(bytes)).toMatchObject({ code: 'weights.truncated' });
    new DataView(bytes.buffer).setBigUint64(0, 2n ** 63n, true);
    expect(await refusal(bytes)).toMatchObject({ code: 'weights.tooLarge' });
  });

  const f32 = (shape: unknown, start: number, end: number) => ({ dtype: 'F32', shape, data_offsets: [start, end] });
  it.each([
    ['data that is cut off', { a: f32([4], 0, 16) }, 12, 'take 16 bytes, the file holds 12'],
    ['data behind the last tensor', { a: f32([4], 0, 16) }, 20, 'take 16 bytes, the file holds 20'],
    ['a gap between tensors', { a: f32([1], 0, 4), b: f32([1], 8, 12) }, 12, 'leaves a gap'],
    ['overlapping tensors', { a: f32([2], 0, 8), b: f32([1], 4, 8) }, 8, 'overlaps'],
    ['offsets that do not fit the shape', { a: f32([3], 0, 16) }, 16, 'needs 12 bytes'],
    ['offsets that run backwards', { a: f32([1], 4, 0) }, 4, 'offsets give it -4'],
    ['a negative size', { a: f32([-1], 0, 4) }, 4, 'no valid shape'],
    ['a size that is no integer', { a: f32([0.5], 0, 2) }, 2, 'no valid shape'],
    ['an absurd shape', { a: f32([2 ** 40, 2 ** 40], 0, 4) }, 4, 'absurd shape'],
    ['an unknown dtype', { a: { dtype: 'F8_E4M3', shape: [4], data_offsets: [0, 4] } }, 4, 'F8_E4M3'],
    ['metadata that is no text', { __metadata__: { epoch: 3 } }, 0, 'metadata "epoch"'],
    ['a header that is no JSON', '{"a":', 0, 'not a JSON object'],
    ['a header that is a list', '[1]', 0, 'does not begin with {'],
  ])('refuses %s and says so', async (_, header, dataBytes, words) => {
    const problem = await refusal(fileOf(header, dataBytes));
    expect(problem.code).toBe('weights.malformed');
    expect(problem.words).toContain(words);
  });
});

describe('safetensors, writing', () => {
  it('writes the same bytes as the reference library, whatever the order of the tensors', async () => {
    const { tensors, metadata } = await readSafetensors(fixture('plain.safetensors'));
    const backwards = new Map([...tensors].reverse());
    expect(Buffer.from(encodeSafetensors(backwards, metadata)).equals(fixtureBytes('plain.safetensors'))).toBe(true);
    expect(Buffer.from(encodeSafetensors({})).equals(fixtureBytes('nothing.safetensors'))).toBe(true);
  });

  it('writes a file that reads back', async () => {
    const path = join(folder, 'net.safetensors');
    await writeSafetensors(path, { weight: float32Tensor([2, 2], Float32Array.of(1, 2, 3, 4)) }, { epoch: '3' });
    const { tensors, metadata } = await readSafetensors(path);
    expect(metadata).toEqual({ epoch: '3' });
    expect(tensors.get('weight')).toEqual({ dtype: 'float32', shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) });
  });

  it('refuses a tensor whose shape and values disagree', () => {
    expect(() => encodeSafetensors({ weight: float32Tensor([3], new Float32Array(2)) })).toThrow('unwritableTensor');
    expect(() => encodeSafetensors({ __metadata__: float32Tensor([1], new Float32Array(1)) })).toThrow(
      'unwritableTensor',
    );
  });

  it('gives back any tensors with any names (random)', async () => {
    const dtypes = Object.keys(bytesPerElement) as Dtype[];
    const tensor: fc.Arbitrary<HostTensor> = fc
      .tuple(fc.constantFrom(...dtypes), fc.array(fc.nat(3), { maxLength: 3 }), fc.infiniteStream(fc.nat(255)))
      .map(([dtype, shape, stream]) => {
        const count = sizeOf(shape);
        return tensorFromBytes(dtype, shape, Uint8Array.from([...stream.take(count * bytesPerElement[dtype])]));
      });
    const name = fc.string({ unit: 'grapheme' }).filter((text) => text !== '__metadata__');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, tensor), { maxLength: 6 }), async (pairs) => {
        const tensors = new Map(pairs);
        const read = await readSafetensors('memory', encodeSafetensors(tensors));
        expect(read.tensors.size).toBe(tensors.size);
        for (const [key, value] of tensors) expect(sameTensor(read.tensors.get(key)!, value)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  it('says that a file is missing, or is a folder', async () => {
    await expect(readSafetensors(join(folder, 'absent'))).rejects.toMatchObject({ code: 'weights.missingFile' });
    await expect(readSafetensors(folder)).rejects.toMatchObject({ code: 'weights.unreadable' });
    await writeFile(join(folder, 'short'), 'abc');
    await expect(readSafetensors(join(folder, 'short'))).rejects.toMatchObject({ code: 'weights.truncated' });
  });
});
