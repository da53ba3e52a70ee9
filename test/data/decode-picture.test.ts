import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encode as encodeBitmap } from 'bmp-ts';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  cropCentre,
  decodePicture,
  decodeTarget,
  resizeDefinition,
  resizeWindows,
  roundHalfToEven,
} from '../../src/data/decode-picture.ts';
import { openPicture, rgbPixels } from '../../src/data/open-picture.ts';
import { resampleWindow } from '../../src/data/resample.ts';
import type { Preprocessing } from '../../src/protocol/preprocessing.ts';
import { paintBlobs } from '../support/make-pictures.ts';

const fixtures = join(import.meta.dirname, '../fixtures/data');
interface ResizeCase {
  file: string;
  side: number;
  interpolation: 'bicubic' | 'bilinear';
  expected: string;
}
const { cases } = JSON.parse(readFileSync(join(fixtures, 'resize.json'), 'utf8')) as { cases: ResizeCase[] };
const fixturePixels = async (name: string) => rgbPixels(await openPicture(readFileSync(join(fixtures, name))));

function difference(a: Uint8Array, b: Uint8Array): { mean: number; max: number } {
  expect(a.length).toBe(b.length);
  let sum = 0;
  let max = 0;
  a.forEach((value, i) => {
    sum += Math.abs(value - b[i]!);
    max = Math.max(max, Math.abs(value - b[i]!));
  });
  return { mean: sum / a.length, max };
}

describe('resizing', () => {
  it.each(cases)('gives the square that Pillow gives: $expected', async ({ file, side, interpolation, expected }) => {
    const ours = await decodePicture(join(fixtures, file), { side, interpolation });
    const { mean, max } = difference(ours, (await fixturePixels(expected)).data);
    expect(mean).toBeLessThan(1);
    expect(max).toBeLessThanOrEqual(24);
  });

  it.each(cases)(
    'has a definition of its own that is Pillow to one level: $expected',
    async ({ file, side, interpolation, expected }) => {
      const pixels = await fixturePixels(file);
      const ours = resampleWindow(pixels, resizeWindows(pixels.width, pixels.height, side), interpolation);
      expect(difference(ours, (await fixturePixels(expected)).data).max).toBeLessThanOrEqual(1);
    },
  );

  it('keeps the square that the evaluation crop is the exact centre of', () => {
    const preprocessing: Preprocessing = {
      inputSize: 224,
      cropFraction: 0.875,
      interpolation: 'bicubic',
      mean: [0, 0, 0],
      std: [1, 1, 1],
    };
    expect(decodeTarget(preprocessing)).toEqual({ side: 256, interpolation: 'bicubic' });
    expect(resizeDefinition(preprocessing)).toMatch(/shorter side to 256 .* a = -0\.5.* 224 x 224/);
    const batch = Uint8Array.from({ length: 2 * 4 * 4 * 3 }, (_, i) => i);
    expect([...cropCentre(batch, 2, 4, 2)].slice(0, 6)).toEqual([15, 16, 17, 18, 19, 20]);
    expect([...cropCentre(batch, 2, 4, 2)].slice(12, 15)).toEqual([63, 64, 65]);
  });

  it('resizes a turned picture as it is shown', async () => {
    const upright = sharp(paintBlobs(150, 200, 0.4, 3, 1), { raw: { width: 150, height: 200, channels: 3 } });
    const stored = await sharp(await upright.png().toBuffer())
      .rotate(270)
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    expect((await sharp(stored).metadata()).width).toBe(200);
    for (const side of [64, 180]) {
      const target = { side, interpolation: 'bicubic' as const };
      const shown = await decodePicture(stored, target);
      expect(difference(shown, await decodePicture(await upright.png().toBuffer(), target)).max).toBe(0);
    }
  });

  it('rounds halves to the even neighbour, as torchvision places its crop', () => {
    expect([0.5, 1.5, 2.5, 42.5, 43.5, 2.4, 2.6].map(roundHalfToEven)).toEqual([0, 2, 2, 42, 44, 2, 3]);
  });
});

/** Left half red, right half blue, 40 × 20. */
const halves = () =>
  Uint8Array.from({ length: 40 * 20 * 3 }, (_, i) => {
    const right = Math.floor(i / 3) % 40 >= 20;
    return (right ? [20, 40, 200] : [200, 40, 20])[i % 3]!;
  });
const halvesImage = () => sharp(halves(), { raw: { width: 40, height: 20, channels: 3 } });

async function firstAndLast(bytes: Uint8Array) {
  const picture = await openPicture(bytes);
  const { data, width, height } = await rgbPixels(picture);
  return { picture, width, height, first: [...data.subarray(0, 3)], last: [...data.subarray(-3)] };
}
const near = (colour: readonly number[], expected: readonly number[], tolerance = 12) =>
  colour.forEach((value, i) => expect(Math.abs(value - expected[i]!)).toBeLessThanOrEqual(tolerance));

describe('reading formats', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('reads %s', async (format) => {
    const { picture, width, height, first, last } = await firstAndLast(await halvesImage().toFormat(format).toBuffer());
    expect({ format: picture.format, width, height }).toEqual({ format, width: 40, height: 20 });
    near(first, [200, 40, 20]);
    near(last, [20, 40, 200]);
  });

  it('reads BMP', async () => {
    const abgr = Buffer.from(
      Array.from({ length: 40 * 20 }, (_, i) => (i % 40 >= 20 ? [255, 200, 40, 20] : [255, 20, 40, 200])).flat(),
    );
    const { data } = encodeBitmap({ data: abgr, width: 40, height: 20, bitPP: 24 } as Parameters<
      typeof encodeBitmap
    >[0]);
    const { picture, first, last } = await firstAndLast(data);
    expect(picture.format).toBe('bmp');
    near(first, [200, 40, 20], 0);
    near(last, [20, 40, 200], 0);
  });

  it('reads HEIC, upright', async () => {
    const { picture, width, height, first, last } = await firstAndLast(readFileSync(join(fixtures, 'turned.heic')));
    expect({ format: picture.format, width, height }).toEqual({ format: 'heic', width: 64, height: 96 });
    near(first, [200, 40, 40]);
    near(last, [30, 60, 200]);
  });

  it.each([
    [3, 'right to left', [20, 40, 200], [200, 40, 20], 40],
    [6, 'left to top', [200, 40, 20], [20, 40, 200], 20],
    [8, 'left to bottom', [20, 40, 200], [200, 40, 20], 20],
  ] as const)('turns EXIF orientation %i upright: %s', async (orientation, _name, top, bottom, shownWidth) => {
    const { picture, width, first, last } = await firstAndLast(
      await halvesImage().withMetadata({ orientation }).jpeg().toBuffer(),
    );
    expect({ shown: picture.width, width, turned: picture.turned }).toEqual({
      shown: shownWidth,
      width: shownWidth,
      turned: true,
    });
    near(first, top);
    near(last, bottom);
  });

  it('lays transparent parts on white', async () => {
    const pixels = Uint8Array.from([10, 20, 30, 0, 10, 20, 30, 255, 10, 20, 30, 128, 10, 20, 30, 0]);
    const { data } = await rgbPixels(
      await openPicture(
        await sharp(pixels, { raw: { width: 4, height: 1, channels: 4 } })
          .png()
          .toBuffer(),
      ),
    );
    expect([...data.subarray(0, 6)]).toEqual([255, 255, 255, 10, 20, 30]);
    near([...data.subarray(6, 9)], [132, 137, 142], 2);
  });

  it('turns grey and 16-bit pictures into 8-bit RGB', async () => {
    const grey = await halvesImage().greyscale().png().toBuffer();
    const deep = await halvesImage().toColourspace('rgb16').png().toBuffer();
    expect((await sharp(deep).metadata()).depth).toBe('ushort');
    const { first } = await firstAndLast(grey);
    expect(first[0]).toBe(first[2]);
    near((await firstAndLast(deep)).first, [200, 40, 20], 1);
  });

  it('turns CMYK into sRGB', async () => {
    const cmyk = await halvesImage().toColourspace('cmyk').jpeg({ quality: 95 }).toBuffer();
    expect((await sharp(cmyk).metadata()).space).toBe('cmyk');
    const { first, last } = await firstAndLast(cmyk);
    near(first, [200, 40, 20], 45);
    near(last, [20, 40, 200], 75);
  });

  it('takes the first frame of an animation', async () => {
    const frame = (background: string) =>
      sharp({ create: { width: 9, height: 9, channels: 3, background } })
        .png()
        .toBuffer();
    const frames = await sharp([await frame('red'), await frame('blue')], { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(frames).metadata()).pages).toBe(2);
    const { height, last } = await firstAndLast(frames);
    expect(height).toBe(9);
    near(last, [255, 0, 0]);
  });
});

describe('refusing', () => {
  const whole = () => sharp(paintBlobs(300, 200, 0.5, 1, 1), { raw: { width: 300, height: 200, channels: 3 } });
  const code = async (bytes: Uint8Array): Promise<string> => {
    try {
      await rgbPixels(await openPicture(bytes));
      return 'read';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it.each(['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const)('finds a %s that ends half way', async (format) => {
    const bytes = await whole().toFormat(format).toBuffer();
    expect(await code(bytes)).toBe('read');
    expect(await code(bytes.subarray(0, bytes.length >> 1))).toMatch(/^data\.(truncated|unreadable)$/);
  });

  it.each([
    ['data.empty', ''],
    ['data.svg', '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'],
    ['data.lfsPointer', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 3\n'],
    ['data.notAPicture', '<!DOCTYPE html><html></html>'],
    ['data.notAPicture', 'only words'],
    ['data.notAPicture', '\u0000\u0001\u0002'],
  ])('says %s of %j', async (expected, text) => {
    expect(await code(Buffer.from(text))).toBe(expected);
  });

  it('refuses a small file that claims to be gigantic, before decoding it', async () => {
    const png = await sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    png.writeUInt32BE(60_000, 16);
    png.writeUInt32BE(60_000, 20);
    expect(await code(png)).toMatch(/^data\.(tooManyPixels|unreadable)$/);
    const bmp = Buffer.alloc(60);
    bmp.write('BM');
    bmp.writeInt32LE(40, 14);
    bmp.writeInt32LE(60_000, 18);
    bmp.writeInt32LE(-60_000, 22);
    expect(await code(bmp)).toBe('data.tooManyPixels');
  });
});
