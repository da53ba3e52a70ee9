import { copyFileSync, mkdirSync, readdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { makePictures, paintBlobs } from '../../support/make-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { engineIn, openWhole } from '../../support/watched-engine.ts';

const small = { classes: ['cat', 'dog'], perClass: 3, width: 600, height: 400, seed: 1 };

async function pets() {
  const memory = temporaryFolder();
  const root = join(memory, 'pets');
  await makePictures(root, small);
  return { memory, root };
}

describe('a thumbnail', () => {
  it('keeps proportions, is made once, and comes from the cache within milliseconds', async () => {
    const { memory, root } = await pets();
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    const row = (await engine.listPictures({ dataset, limit: 1 })).rows[0]!;
    for (const size of [128, 256] as const) {
      const made = await engine.media.thumbnail({ dataset, path: row.path, size });
      expect(made).toMatchObject({ contentType: 'image/jpeg', sha256: row.sha256 });
      expect(await sharp(made.bytes).metadata()).toMatchObject({ width: size * 1.5, height: size, format: 'jpeg' });
    }
    const times: number[] = [];
    for (let i = 0; i < 21; i++) {
      const started = performance.now();
      await engine.media.thumbnail({ dataset, path: row.path, size: 128 });
      times.push(performance.now() - started);
    }
    expect(times.sort((a, b) => a - b)[10]).toBeLessThan(5);
    const files = readdirSync(join(memory, 'workspace/cache/thumbnails', row.sha256.slice(0, 2)));
    expect(files.sort()).toEqual([`${row.sha256}-128.jpg`, `${row.sha256}-256.jpg`]);
  });

  it('stands upright where EXIF turns the picture, white where it is transparent, and is not blown up', async () => {
    const { memory, root } = await pets();
    const pixels = paintBlobs(300, 200, 0.2, 5, 1);
    const turned = await sharp(pixels, { raw: { width: 300, height: 200, channels: 3 } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    writeFileSync(join(root, 'cat', 'turned.jpg'), turned);
    const clear = { width: 20, height: 30, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } } as const;
    writeFileSync(join(root, 'cat', 'clear.png'), await sharp({ create: clear }).png().toBuffer());
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    const upright = await engine.media.thumbnail({ dataset, path: 'cat/turned.jpg', size: 128 });
    expect(await sharp(upright.bytes).metadata()).toMatchObject({ width: 128, height: 192 });
    const expected = await sharp(turned).autoOrient().resize(128, 192).raw().toBuffer();
    const shown = await sharp(upright.bytes).raw().toBuffer();
    const difference = shown.reduce((sum, value, i) => sum + Math.abs(value - expected[i]!), 0) / shown.length;
    expect(difference).toBeLessThan(4);
    const white = await engine.media.thumbnail({ dataset, path: 'cat/clear.png', size: 256 });
    const { data, info } = await sharp(white.bytes).raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height, Math.min(...data)]).toEqual([20, 30, 255]);
  });

  it('is given for pictures of the dataset alone', async () => {
    const { memory, root } = await pets();
    mkdirSync(join(memory, 'private'));
    copyFileSync(join(root, 'cat/00000.jpg'), join(memory, 'private/photo.jpg'));
    symlinkSync(join(memory, 'private/photo.jpg'), join(root, 'cat/link.jpg'));
    symlinkSync(join(memory, 'private'), join(root, 'dog/deep'));
    copyFileSync(join(root, 'cat/00000.jpg'), join(memory, 'private/other.jpg'));
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    writeFileSync(join(root, 'cat/later.jpg'), 'not scanned');
    const refused = async (path: string, of = dataset): Promise<unknown> =>
      engine.media.thumbnail({ dataset: of, path, size: 128 }).catch((error: { code: string }) => error.code);
    for (const path of [
      '../private/photo.jpg',
      'cat/../cat/00000.jpg',
      '/etc/passwd',
      'cat/%2e%2e',
      'cat/later.jpg',
      '',
    ])
      expect(await refused(path)).toBe('media.unknownPicture');
    expect(await refused('cat/link.jpg')).toBe('media.outside');
    expect(await refused('dog/deep/photo.jpg')).toBe('media.outside');
    expect(await refused('cat/00000.jpg', '99')).toBe('dataset.unknown');
    const picture = engine.media.picture({ dataset, path: 'cat/link.jpg' });
    await expect(picture).rejects.toMatchObject({ code: 'media.outside' });
  });

  it('is dropped when nobody waits any more', async () => {
    const { memory, root } = await pets();
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    const abort = new AbortController();
    const rows = (await engine.listPictures({ dataset })).rows;
    const { signal } = abort;
    const asked = rows.map(({ path }) => engine.media.thumbnail({ dataset, path, size: 256, signal }));
    abort.abort(new Error('gone'));
    const ends = await Promise.allSettled(asked);
    expect(ends.some((end) => end.status === 'rejected' && (end.reason as Error).message === 'gone')).toBe(true);
    const again = await engine.media.thumbnail({ dataset, path: rows[0]!.path, size: 256 });
    expect(again.bytes.length).toBeGreaterThan(1000);
  });
});

describe('a picture', () => {
  it('has at most 2048 pixels a side, and comes from what was made before when its folder has gone', async () => {
    const { memory, root } = await pets();
    await makePictures(root, { ...small, classes: ['big'], perClass: 2, width: 2600, height: 1000 });
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    const big = await engine.media.picture({ dataset, path: 'big/00000.jpg' });
    expect(await sharp(big.bytes).metadata()).toMatchObject({ width: 2048, height: 788 });
    const plain = await engine.media.picture({ dataset, path: 'cat/00000.jpg' });
    expect(await sharp(plain.bytes).metadata()).toMatchObject({ width: 600, height: 400 });
    const thumbnail = await engine.media.thumbnail({ dataset, path: 'cat/00000.jpg', size: 256 });
    renameSync(root, join(memory, 'gone'));
    expect(await engine.showDataset({ dataset })).toMatchObject({ present: false, pictures: 8 });
    expect(await engine.media.thumbnail({ dataset, path: 'cat/00000.jpg', size: 256 })).toEqual(thumbnail);
    expect((await engine.media.picture({ dataset, path: 'cat/00000.jpg' })).bytes).toEqual(thumbnail.bytes);
    await expect(engine.media.picture({ dataset, path: 'cat/00001.jpg' })).rejects.toMatchObject({
      code: 'data.missing',
    });
  });
});
