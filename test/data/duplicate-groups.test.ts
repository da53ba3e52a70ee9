import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { groupDuplicates, type GroupingInput } from '../../src/data/duplicate-groups.ts';
import { openPicture } from '../../src/data/open-picture.ts';
import { hashPicture } from '../../src/data/picture-hash.ts';
import { paintBlobs } from '../support/make-pictures.ts';

const paint = (index: number, width = 320, height = 240) =>
  sharp(paintBlobs(width, height, (index % 7) / 7, 11, index), { raw: { width, height, channels: 3 } });

async function input(bytes: Buffer, sha256: string): Promise<GroupingInput> {
  const picture = await openPicture(bytes);
  return { sha256, width: picture.width, height: picture.height, hash: await hashPicture(picture) };
}

describe('groups of duplicates', () => {
  it('joins a picture with its copies at other sizes, qualities and formats, and with nothing else', async () => {
    const pictures: GroupingInput[] = [];
    const expected: number[] = [];
    for (let i = 0; i < 12; i++) {
      const png = await paint(i).png().toBuffer();
      const copies = [
        png,
        await sharp(png).jpeg({ quality: 70 }).toBuffer(),
        await sharp(png).resize(160).webp({ quality: 60 }).toBuffer(),
        await sharp(png).resize(500).jpeg().toBuffer(),
        await sharp(png).modulate({ brightness: 1.03 }).png().toBuffer(),
      ];
      for (const [c, copy] of copies.entries()) pictures.push(await input(copy, `${i}-${c}`));
      expected.push(...copies.map(() => i));
    }
    expect([...groupDuplicates(pictures)]).toEqual(expected);
  });

  it('joins equal files, even flat ones, and leaves different flat ones apart', async () => {
    const flat = (grey: number) =>
      sharp({ create: { width: 50, height: 50, channels: 3, background: { r: grey, g: grey, b: grey } } });
    const [dark, light] = [await flat(60).png().toBuffer(), await flat(66).png().toBuffer()];
    const pictures = await Promise.all([input(dark, 'dark'), input(light, 'light'), input(dark, 'dark')]);
    expect([...groupDuplicates(pictures)]).toEqual([0, 1, 0]);
  });

  it('takes colour and aspect into account', async () => {
    const png = await paint(3).png().toBuffer();
    const tinted = await sharp(png).modulate({ hue: 120 }).png().toBuffer();
    const squeezed = await sharp(png).resize(240, 240, { fit: 'fill' }).png().toBuffer();
    const pictures = [await input(png, 'a'), await input(tinted, 'b'), await input(squeezed, 'c')];
    expect([...groupDuplicates(pictures)]).toEqual([0, 1, 2]);
  });

  /** Hashes of one kind of drawing: all within a few bits of each other. */
  const drawn = (count: number, changedBits: number): GroupingInput[] => {
    const random = randomStream(5);
    const base = Uint8Array.from({ length: 16 }, () => random.integer(256));
    const colours = Buffer.alloc(48, 120).toString('hex');
    return Array.from({ length: count }, (_, i) => {
      const bits = base.slice();
      for (let b = 0; b < changedBits; b++) bits[random.integer(16)]! ^= 1 << random.integer(8);
      return {
        sha256: String(i),
        width: 28,
        height: 28,
        hash: { bits: Buffer.from(bits).toString('hex'), colours, contrast: 40 },
      };
    });
  };

  it('does not take pictures of one kind for copies when very many look alike', () => {
    expect(new Set(groupDuplicates(drawn(20, 4))).size).toBe(1);
    expect(new Set(groupDuplicates(drawn(500, 4))).size).toBeGreaterThan(400);
  });

  it('finds what comparing all pairs finds', () => {
    const random = randomStream(9);
    const pictures = Array.from({ length: 40 }, (_, i) => i).flatMap((i) => drawnAround(i, random));
    const groups = groupDuplicates(pictures);
    const bits = pictures.map(({ hash }) =>
      [...Buffer.from(hash.bits, 'hex')].map((byte) => byte.toString(2).padStart(8, '0')).join(''),
    );
    pictures.forEach((_, a) =>
      pictures.forEach((__, b) => {
        let different = 0;
        for (let i = 0; i < 128; i++) if (bits[a]![i] !== bits[b]![i]) different++;
        if (different <= 12) expect(groups[a]).toBe(groups[b]);
      }),
    );
  });

  it('groups 20,000 pictures in seconds', () => {
    const random = randomStream(1);
    const value = () => [0, 255, 240, 15, random.integer(256)][random.integer(5)]!;
    const pictures = Array.from({ length: 20_000 }, (_, i) => ({
      sha256: String(i),
      width: 100,
      height: 100,
      hash: {
        bits: Buffer.from(Uint8Array.from({ length: 16 }, value)).toString('hex'),
        colours: Buffer.from(Uint8Array.from({ length: 48 }, () => random.integer(256))).toString('hex'),
        contrast: 30,
      },
    }));
    const started = performance.now();
    groupDuplicates(pictures);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

/** A random hash and two neighbours of it, 0 to 15 bits away. */
function drawnAround(index: number, random: ReturnType<typeof randomStream>): GroupingInput[] {
  const base = Uint8Array.from({ length: 16 }, () => random.integer(256));
  return [0, 1, 2].map((copy) => {
    const bits = base.slice();
    for (let b = 0; b < copy * random.integer(8); b++) bits[random.integer(16)]! ^= 1 << random.integer(8);
    return {
      sha256: `${index}-${copy}`,
      width: 100,
      height: 80,
      hash: { bits: Buffer.from(bits).toString('hex'), colours: '80'.repeat(48), contrast: 20 },
    };
  });
}
