import { mkdir, open, readFile, rename, rm, stat, utimes, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { sizeOf } from '../base/size-of.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import type { Features } from './head/features.ts';

/** Rows of float32 features in one file, read by offset; memory does not grow with the number of rows. */
export interface FeatureCache {
  readonly rows: number;
  /** Shape of one row, for example [1280] or [14, 14, 112]. */
  readonly shape: readonly number[];
  /** What one row took to compute when the cache was built; null when that was interrupted. */
  readonly millisecondsPerRow: number | null;
  /** Features of `rows`, in that order: float32 [rows.length, ...shape]. Reuses `out` when it is given. */
  read(rows: ArrayLike<number>, out?: Float32Array): Promise<Float32Array>;
  close(): Promise<void>;
}

export interface FeatureCacheOptions {
  readonly folder: string;
  /** Names all that the features depend on: trunk, boundary, preprocessing, pictures, views. */
  readonly key: string;
  readonly rows: number;
  readonly shape: readonly number[];
  readonly chunkRows: number;
  /** Features of rows [start, start + count): float32 [count, ...shape]. Called in order. */
  readonly produce: (start: number, count: number) => Promise<Float32Array>;
  readonly onProgress: (done: number, total: number) => void;
  /** Awaited between chunks; may throw to stop, the rows so far are kept. */
  readonly between: (keep: () => Promise<void>) => Promise<void>;
}

const syncEveryMs = 10_000;

/**
 * Opens the cache of `key`, computing the rows that are missing. A killed process loses at most the rows since the last
 * sync (ten seconds): the count of safe rows stands in a file of its own, written after the rows are on disk.
 */
export async function openFeatureCache(options: FeatureCacheOptions): Promise<FeatureCache> {
  const path = join(options.folder, `${options.key}.f32`);
  await mkdir(options.folder, { recursive: true });
  const stride = sizeOf(options.shape);
  const complete = await stat(path).catch(() => null);
  if (complete?.size === options.rows * stride * 4) {
    const now = new Date();
    await utimes(path, now, now).catch(() => undefined);
  } else {
    await build(path, stride, options);
  }
  const millisecondsPerRow = await readFile(`${path}.ms`, 'utf8').then(Number, () => null);
  return new FileFeatureCache(await open(path, 'r'), options, stride, millisecondsPerRow);
}

async function build(path: string, stride: number, options: FeatureCacheOptions): Promise<void> {
  const partPath = `${path}.part`;
  const countPath = `${path}.rows`;
  const safe = Number(await readFile(countPath, 'utf8').catch(() => '0'));
  const file = await open(partPath, safe > 0 ? 'r+' : 'w').catch(() => open(partPath, 'w'));
  try {
    const { size } = await file.stat();
    // Whole chunks, so that `produce` is asked as an undisturbed build asks.
    const { chunkRows } = options;
    const chunks = Math.floor(Math.min(safe, Math.floor(size / (stride * 4)), options.rows) / chunkRows);
    let done = chunks * chunkRows;
    let lastSync = performance.now();
    const first = done;
    let producing = 0;
    const keep = async () => {
      await file.datasync();
      await writeFileAtomic(countPath, String(done));
      lastSync = performance.now();
    };
    while (done < options.rows) {
      const count = Math.min(chunkRows, options.rows - done);
      const before = performance.now();
      const features = await options.produce(done, count);
      // The first chunk pays for tracing and graph optimisation.
      if (done > first) producing += performance.now() - before;
      const bytes = new Uint8Array(features.buffer, features.byteOffset, count * stride * 4);
      await file.write(bytes, 0, bytes.length, done * stride * 4);
      done += count;
      options.onProgress(done, options.rows);
      if (performance.now() - lastSync > syncEveryMs) await keep();
      await options.between(keep);
    }
    await file.truncate(options.rows * stride * 4);
    await file.sync();
    if (done - first > chunkRows) {
      await writeFileAtomic(`${path}.ms`, String(producing / (done - first - chunkRows)));
    }
  } finally {
    await file.close();
  }
  await rename(partPath, path);
  await rm(countPath, { force: true });
}

class FileFeatureCache implements FeatureCache {
  readonly #file: FileHandle;
  readonly rows: number;
  readonly shape: readonly number[];
  readonly millisecondsPerRow: number | null;
  readonly #stride: number;
  #closed = false;

  constructor(
    file: FileHandle,
    { rows, shape }: FeatureCacheOptions,
    stride: number,
    millisecondsPerRow: number | null,
  ) {
    this.#file = file;
    this.rows = rows;
    this.shape = shape;
    this.#stride = stride;
    this.millisecondsPerRow = millisecondsPerRow;
  }

  async read(rows: ArrayLike<number>, out?: Float32Array): Promise<Float32Array> {
    const features = out ?? new Float32Array(rows.length * this.#stride);
    const bytes = new Uint8Array(features.buffer, features.byteOffset, rows.length * this.#stride * 4);
    for (const run of this.#runs(rows)) await this.#file.read(bytes, run.to, run.length, run.from);
    return features;
  }

  /** Neighbouring rows are read in one call: a full pass over the cache is sequential. Offsets and lengths in bytes. */
  *#runs(rows: ArrayLike<number>): Generator<{ readonly to: number; readonly length: number; readonly from: number }> {
    const size = this.#stride * 4;
    for (let i = 0; i < rows.length;) {
      let run = 1;
      while (i + run < rows.length && rows[i + run] === rows[i]! + run) run++;
      yield { to: i * size, length: run * size, from: rows[i]! * size };
      i += run;
    }
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#file.close();
  }
}

/** Above this the rows are read again at every pass instead of being held in memory. */
const heldBytes = 64 * 2 ** 20;

/** Some rows of a cache for a solver that passes over them many times: in memory when they are few, else by parts. */
export async function rowsForSolver(cache: FeatureCache, rows: Int32Array): Promise<Features> {
  const bytes = 4 * rows.length * sizeOf(cache.shape);
  if (bytes <= heldBytes) return cache.read(rows);
  return (start, end) => cache.read(rows.subarray(start, end));
}
