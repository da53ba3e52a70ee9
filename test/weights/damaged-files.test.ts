import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AnnealError } from '../../src/base/errors.ts';
import { sizeOf } from '../../src/base/size-of.ts';
import { readWeights } from '../../src/weights/read-weights.ts';
import { fixtureBytes } from './fixture.ts';

const files = [
  'plain.safetensors',
  'views.zip.pth',
  'views.legacy.pth',
  'checkpoint.zip.pth',
  'checkpoint.legacy.pth',
  'protocol4.zip.pth',
];

/** Whatever is wrong: whole tensors or an error of ours, never a crash, and at most a second. */
async function expectTensorsOrError(bytes: Uint8Array): Promise<boolean> {
  const begin = performance.now();
  try {
    const { tensors } = await readWeights('damaged', bytes);
    for (const { shape, data } of tensors.values()) expect(data.length).toBe(sizeOf(shape));
    return true;
  } catch (error) {
    if (!(error instanceof AnnealError)) throw error;
    return false;
  } finally {
    expect(performance.now() - begin).toBeLessThan(1000);
  }
}

describe.each(files)('a damaged %s', (name) => {
  const original = fixtureBytes(name);

  it('is refused at every length at which it can be cut off', async () => {
    const step = Math.max(1, Math.floor(original.length / 400));
    for (let length = 0; length < original.length; length += step) {
      expect(await expectTensorsOrError(original.subarray(0, length)), `first ${length} bytes`).toBe(false);
    }
  });

  it('gives whole tensors or an error for any bytes flipped', async () => {
    const flip = fc.tuple(fc.nat(original.length - 1), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(fc.array(flip, { minLength: 1, maxLength: 4 }), async (flips) => {
        const bytes = original.slice();
        for (const [at, mask] of flips) bytes[at]! ^= mask;
        await expectTensorsOrError(bytes);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('any bytes', () => {
  it('behind the mark of a format give an error', async () => {
    const marks = [
      [0x50, 0x4b, 3, 4],
      [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e],
      [],
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...marks), fc.uint8Array({ maxLength: 200 }), async (mark, rest) => {
        expect(await expectTensorsOrError(Uint8Array.from([...mark, ...rest]))).toBe(false);
      }),
      { numRuns: 300, seed: 2 },
    );
  });
});
