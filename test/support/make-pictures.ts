import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { randomStream } from '../../src/base/random.ts';
import { defaultConcurrency, runPool } from '../../src/data/run-pool.ts';

export interface MakePicturesOptions {
  /** Class names; one folder each, below `folder`. */
  readonly classes: readonly string[];
  readonly perClass: number;
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  readonly format?: 'jpeg' | 'png' | 'webp' | 'tiff' | 'avif' | 'gif';
}

/** Fills `folder/<class>/<number>.<ext>` with pictures of coloured blobs; a class has its own hue and blob size. Gives their relative paths. */
export async function makePictures(folder: string, options: MakePicturesOptions): Promise<string[]> {
  const { classes, perClass, width, height, seed, format = 'jpeg' } = options;
  for (const name of classes) await mkdir(join(folder, name), { recursive: true });
  const paths = classes.flatMap((name) =>
    Array.from(
      { length: perClass },
      (_, i) => `${name}/${String(i).padStart(5, '0')}.${format === 'jpeg' ? 'jpg' : format}`,
    ),
  );
  await runPool(paths.length, defaultConcurrency, async (index) => {
    const pixels = paintBlobs(width, height, Math.floor(index / perClass) / classes.length, seed, index);
    const picture = sharp(pixels, { raw: { width, height, channels: 3 } });
    await writeFile(join(folder, paths[index]!), await picture.toFormat(format).toBuffer());
  });
  return paths;
}

/** uint8 [height, width, 3]: 12 soft blobs on a gradient; `kind` in [0, 1) sets hue and size of the blobs. */
export function paintBlobs(width: number, height: number, kind: number, seed: number, index: number): Uint8Array {
  const random = randomStream(seed, 'blobs', index);
  const pixels = new Float32Array(width * height * 3);
  const from = [0, 1, 2].map(() => random.between(60, 200));
  const slope = [0, 1, 2].map(() => random.between(-60, 60));
  for (let i = 0, y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) for (let c = 0; c < 3; c++) pixels[i++] = from[c]! + (slope[c]! * x) / width;
  }
  for (let blob = 0; blob < 12; blob++) {
    const radius = Math.max(1, Math.min(width, height) * (0.08 + 0.15 * kind) * random.between(0.7, 1.3));
    const [left, top] = [random.between(0, width), random.between(0, height)];
    const strength = random.between(-1, 1) > 0 ? 120 : -120;
    const colour = [0, 1, 2].map((c) => strength * (0.6 + 0.4 * Math.cos(2 * Math.PI * (kind + c / 3))));
    for (let y = Math.max(0, Math.ceil(top - radius)); y < Math.min(height, top + radius); y++) {
      for (let x = Math.max(0, Math.ceil(left - radius)); x < Math.min(width, left + radius); x++) {
        const inside = 1 - ((x - left) ** 2 + (y - top) ** 2) / radius ** 2;
        if (inside > 0)
          for (let c = 0; c < 3; c++) pixels[(y * width + x) * 3 + c]! += colour[c]! * Math.min(1, inside * 2);
      }
    }
  }
  return new Uint8Array(Uint8ClampedArray.from(pixels).buffer);
}
