import {
  appendFileSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../src/data/decode-picture.ts';
import { estimateCacheBytes } from '../../src/data/decode-target.ts';
import { openPictureCache, pictureCacheKey, type PictureCacheOptions } from '../../src/data/picture-cache.ts';
import { scanFolder } from '../../src/data/scan-folder.ts';
import { describeError } from '../../src/messages/describe.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { Preprocessing } from '../../src/protocol/preprocessing.ts';
import { makePictures } from '../support/make-pictures.ts';
import { permissions, setMode } from '../support/permissions.ts';
import { runScript, startScript } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const preprocessing: Preprocessing = {
  inputSize: 28,
  cropFraction: 0.875,
  interpolation: 'bicubic',
  mean: [0, 0, 0],
  std: [1, 1, 1],
};
const target = { side: 32, interpolation: 'bicubic' } as const;
const stride = 32 * 32 * 3;

async function made(perClass = 4): Promise<Dataset> {
  const root = temporaryFolder();
  await makePictures(root, { classes: ['a', 'b'], perClass, width: 60, height: 40, seed: 1 });
  return scanFolder(root);
}
const open = (dataset: Dataset, folder: string, options: Partial<PictureCacheOptions> = {}) =>
  openPictureCache(dataset, preprocessing, { folder, limitBytes: 1e8, ...options });

/** Every picture as decoding it directly gives it. */
async function expectTrue(dataset: Dataset, cache: { read(indices: number[]): Promise<Uint8Array> }): Promise<void> {
  const all = await cache.read([...dataset.pictures.keys()]);
  for (const [i, { path }] of dataset.pictures.entries()) {
    const direct = await decodePicture(join(dataset.root, path), target);
    expect(Buffer.from(all.subarray(i * stride, (i + 1) * stride)).equals(direct)).toBe(true);
  }
}

describe('cache of decoded pictures', () => {
  it('gives what decoding gives, in any order, cold and warm, and reads ahead', async () => {
    const dataset = await made();
    const folder = temporaryFolder();
    const progress: number[] = [];
    for (const run of ['cold', 'warm']) {
      const cache = await open(dataset, folder, { onProgress: (done) => progress.push(done) });
      expect({ run, mode: cache.mode, side: cache.side, missing: cache.missing }).toEqual({
        run,
        mode: 'disk',
        side: 32,
        missing: [],
      });
      await expectTrue(dataset, cache);
      const mixed = await cache.read([5, 1, 1, 2]);
      const out = new Uint8Array(4 * stride);
      expect(await cache.read([5, 1, 1, 2], out)).toBe(out);
      expect(Buffer.compare(out, mixed)).toBe(0);
      expect(Buffer.compare(await cache.read([1]), mixed.subarray(stride, 2 * stride))).toBe(0);
      await cache.close();
    }
    expect(progress.at(-1)).toBe(8);
    expect(estimateCacheBytes(8, preprocessing)).toBe(
      readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0),
    );
  });

  it('misses when a file, the size or the filter changes, and not when only the centre crop does', async () => {
    const dataset = await made();
    const key = pictureCacheKey(dataset, preprocessing);
    const other = {
      ...dataset,
      pictures: dataset.pictures.map((p, i) => (i === 3 ? { ...p, sha256: 'f'.repeat(64) } : p)),
    };
    expect(pictureCacheKey(other, preprocessing)).not.toBe(key);
    expect(pictureCacheKey(dataset, { ...preprocessing, inputSize: 56 })).not.toBe(key);
    expect(pictureCacheKey(dataset, { ...preprocessing, interpolation: 'bilinear' })).not.toBe(key);
    expect(pictureCacheKey(dataset, { ...preprocessing, inputSize: 32, cropFraction: 1 })).toBe(key);
    expect(pictureCacheKey(dataset, { ...preprocessing, mean: [0.5, 0.5, 0.5] })).toBe(key);
  });

  it('decodes a damaged or half-written picture anew', async () => {
    const dataset = await made();
    const folder = temporaryFolder();
    await (await open(dataset, folder)).close();
    const [checks, pictures] = readdirSync(folder)
      .sort()
      .map((name) => join(folder, name)) as [string, string];
    const file = openSync(pictures, 'r+');
    writeSync(file, Buffer.alloc(100, 7), 0, 100, 2 * stride + 50);
    closeSync(file);
    const bytes = readFileSync(checks);
    bytes.fill(0, 4 * 4, 4 * 5);
    writeFileSync(checks, bytes);
    for (let round = 0; round < 2; round++) {
      const cache = await open(dataset, folder);
      await expectTrue(dataset, cache);
      await cache.close();
    }
  });

  it('lists pictures that vanished or changed since the scan, and refuses to read them', async () => {
    const dataset = await made();
    rmSync(join(dataset.root, dataset.pictures[1]!.path));
    appendFileSync(join(dataset.root, dataset.pictures[6]!.path), 'x');
    const cache = await open(dataset, temporaryFolder());
    expect(cache.missing).toEqual([1, 6]);
    expect(cache.problems.map(({ code }) => code)).toEqual(['data.missing', 'data.changed']);
    await expect(cache.read([0, 1])).rejects.toMatchObject({ code: 'data.pictureGone' });
    expect((await cache.read([0])).length).toBe(stride);
    await cache.close();
    rmSync(dataset.root, { recursive: true });
    await expect(open(dataset, temporaryFolder())).rejects.toMatchObject({ code: 'data.allGone' });
  });

  it('decodes on demand above its limit, with the reason', async () => {
    const dataset = await made();
    const folder = join(temporaryFolder(), 'caches');
    const cache = await open(dataset, folder, { limitBytes: 1000 });
    expect(cache.mode).toBe('onDemand');
    expect(cache.reason?.code).toBe('data.cacheTooLarge');
    expect(describeError(cache.reason!).message).toMatch(/decoded anew/);
    await expectTrue(dataset, cache);
    expect(existsSync(folder)).toBe(false);
    await cache.close();
  });

  it('makes room by removing the least recently used cache', async () => {
    const folder = temporaryFolder();
    const datasets = [await made(40), await made(41), await made(42)];
    const bytes = estimateCacheBytes(84, preprocessing);
    const keys = datasets.map((dataset) => pictureCacheKey(dataset, preprocessing));
    for (const [i, dataset] of datasets.slice(0, 2).entries()) {
      await (await open(dataset, folder)).close();
      utimesSync(join(folder, `${keys[i]}.checks`), new Date(), new Date(1e12 + i * 1e6));
    }
    await (await open(datasets[2]!, folder, { limitBytes: 2.2 * bytes })).close();
    const kept = keys.map((key) => existsSync(join(folder, `${key}.pictures`)));
    expect(kept).toEqual([false, true, true]);
  });

  it('stops when told to and goes on where it was', async () => {
    const dataset = await made();
    const folder = temporaryFolder();
    const controller = new AbortController();
    const stopped = open(dataset, folder, {
      threads: 1,
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('stopped')),
    });
    await expect(stopped).rejects.toThrow('stopped');
    const cache = await open(dataset, folder);
    await expectTrue(dataset, cache);
    await cache.close();
  });

  it('holds only true pictures after being killed while it was built', async () => {
    const dataset = await made(60);
    for (const delay of [5, 60]) {
      const folder = temporaryFolder();
      const script = startScript('test/support/scan-script.ts', ['cache', dataset.root, folder, '32']);
      await script.saw('caching');
      await new Promise((done) => setTimeout(done, delay));
      script.child.kill('SIGKILL');
      await script.end;
      const cache = await open(dataset, folder);
      await expectTrue(dataset, cache);
      await cache.close();
    }
  });

  it.skipIf(!existsSync('/dev/full'))('says that the disk is full', async () => {
    const dataset = await made();
    const folder = temporaryFolder();
    const key = pictureCacheKey(dataset, preprocessing);
    symlinkSync('/dev/full', join(folder, `${key}.pictures`));
    await expect(open(dataset, folder)).rejects.toMatchObject({ code: 'data.cacheDiskFull', kind: 'failure' });
  });

  it('says that its folder cannot be made', async () => {
    const dataset = await made();
    await expect(open(dataset, join(dataset.root, dataset.pictures[0]!.path))).rejects.toMatchObject({
      code: 'data.cacheFailed',
    });
  });
});

describe.skipIf(permissions.untried)(`without permission${permissions.reason}`, () => {
  it('lists files and folders that cannot be opened, and refuses a root that cannot', async () => {
    const dataset = await made();
    const { root } = dataset;
    copyFileSync(join(root, dataset.pictures[0]!.path), join(root, 'a/copy.jpg'));
    setMode(join(root, 'a/copy.jpg'), 0o000);
    const scanned = async () => {
      const { stdout, stderr } = await runScript('test/support/scan-script.ts', ['scan', root], {
        obeys: true,
      });
      return JSON.parse(stdout || JSON.stringify({ stderr })) as {
        problems?: { path: string; code: string }[];
        error?: { code: string };
      };
    };
    expect((await scanned()).problems).toMatchObject([{ path: 'a/copy.jpg', code: 'data.noPermission' }]);
    setMode(root, 0o000);
    expect((await scanned()).error?.code).toBe('data.rootDenied');
  });
});
