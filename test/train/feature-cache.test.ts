import { readFile, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openFeatureCache, rowsForSolver, type FeatureCacheOptions } from '../../src/train/feature-cache.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const shape = [2, 3];
const rows = 11;

/** Row r holds r, r + 0.5, … so that a row in the wrong place shows. */
function valueOf(row: number, i: number): number {
  return row + i / 2;
}

function options(folder: string, changed: Partial<FeatureCacheOptions> = {}) {
  const asked: [number, number][] = [];
  const all: FeatureCacheOptions = {
    folder,
    key: 'k',
    rows,
    shape,
    chunkRows: 4,
    produce(start, count) {
      asked.push([start, count]);
      return Promise.resolve(Float32Array.from({ length: 4 * 6 }, (_, i) => valueOf(start + Math.floor(i / 6), i % 6)));
    },
    onProgress: () => undefined,
    between: () => Promise.resolve(),
    ...changed,
  };
  return { all, asked };
}

/** Builds and gives up after `chunks`; with `sync`, what is there is made safe before. */
async function interrupted(folder: string, chunks: number, sync: boolean): Promise<void> {
  let done = 0;
  const { all } = options(folder, {
    async between(keep) {
      if (++done < chunks) return;
      if (sync) await keep();
      throw new Error('stopped');
    },
  });
  await expect(openFeatureCache(all)).rejects.toThrow('stopped');
}

async function builtBytes(): Promise<Buffer> {
  const folder = temporaryFolder();
  await (await openFeatureCache(options(folder).all)).close();
  return readFile(join(folder, 'k.f32'));
}

describe('a feature cache', () => {
  it('gives rows in the order they are asked for, repeated ones too', async () => {
    const cache = await openFeatureCache(options(temporaryFolder()).all);
    const wanted = [10, 0, 1, 2, 7, 7, 3];
    expect([...(await cache.read(wanted))]).toEqual(
      wanted.flatMap((row) => [0, 1, 2, 3, 4, 5].map((i) => valueOf(row, i))),
    );
    const solver = await rowsForSolver(cache, Int32Array.from([4, 5]));
    expect(solver).toEqual(await cache.read([4, 5]));
    await cache.close();
  });

  it('is computed once', async () => {
    const folder = temporaryFolder();
    const first = options(folder);
    await (await openFeatureCache(first.all)).close();
    expect(first.asked).toEqual([
      [0, 4],
      [4, 4],
      [8, 3],
    ]);
    const second = options(folder);
    await (await openFeatureCache(second.all)).close();
    expect(second.asked).toEqual([]);
  });

  it('goes on where an interrupted build made its rows safe, and holds the same bytes', async () => {
    const folder = temporaryFolder();
    await interrupted(folder, 2, true);
    const resumed = options(folder);
    await (await openFeatureCache(resumed.all)).close();
    expect(resumed.asked).toEqual([[8, 3]]);
    expect(await readFile(join(folder, 'k.f32'))).toEqual(await builtBytes());
  });

  it('computes again what a killed build had not made safe, and holds the same bytes', async () => {
    const folder = temporaryFolder();
    await interrupted(folder, 2, false);
    const resumed = options(folder);
    await (await openFeatureCache(resumed.all)).close();
    expect(resumed.asked[0]).toEqual([0, 4]);
    expect(await readFile(join(folder, 'k.f32'))).toEqual(await builtBytes());
  });

  it('asks for whole chunks only, when less is on the disk than was said to be safe', async () => {
    const folder = temporaryFolder();
    await interrupted(folder, 2, true);
    // A row of 24 bytes: two chunks said to be safe, five and a half rows there.
    await truncate(join(folder, 'k.f32.part'), 132);
    const resumed = options(folder);
    await (await openFeatureCache(resumed.all)).close();
    expect(resumed.asked.map(([start]) => start)).toEqual([4, 8]);
    expect(await readFile(join(folder, 'k.f32'))).toEqual(await builtBytes());
  });

  it('is computed again where its file has another size', async () => {
    const folder = temporaryFolder();
    await writeFile(join(folder, 'k.f32'), 'short');
    const { all, asked } = options(folder);
    await (await openFeatureCache(all)).close();
    expect(asked).toHaveLength(3);
    expect((await stat(join(folder, 'k.f32'))).size).toBe(rows * 6 * 4);
  });
});
