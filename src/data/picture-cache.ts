import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AnnealError, type ErrorData } from '../base/errors.ts';
import type { Dataset, DatasetIndex, Problem } from '../protocol/dataset.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import { evictCaches, spaceFor } from './cache-eviction.ts';
import { decodePicture, resizeDefinition } from './decode-picture.ts';
import { decodeTarget, estimateCacheBytes, type DecodeTarget } from './decode-target.ts';
import { datasetIndices } from './indices.ts';
import { PictureStore } from './picture-store.ts';
import { asProblem } from './file-problem.ts';
import { defaultConcurrency, pixelGate, runPool } from './run-pool.ts';

export interface PictureCacheOptions {
  /** Created if absent; holds nothing but caches. */
  readonly folder: string;
  /** Of all caches in the folder together. A cache that alone is larger is not written: pictures are decoded on demand. */
  readonly limitBytes: number;
  /** Those that will be read, the only ones to be looked at; default all. */
  readonly pictures?: readonly DatasetIndex[];
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
  /** Pictures decoded at once; default twice the cores. */
  readonly threads?: number;
}

/** Decoded pictures of a dataset: uint8 [n, side, side, 3], RGB, by index into `dataset.pictures`. */
export interface PictureCache {
  /** Names content and resize definition: equal keys hold equal pixels. */
  readonly key: string;
  readonly side: number;
  readonly bytesPerPicture: number;
  readonly mode: 'disk' | 'onDemand';
  /** Why pictures are decoded on demand: `data.cacheTooLarge | data.cacheNoSpace`. */
  readonly reason: ErrorData | null;
  /** Pictures that vanished, changed or broke since the scan, told in `problems`; reading one throws. Ascending. */
  readonly missing: readonly number[];
  readonly problems: readonly Problem[];
  /** uint8 [indices.length, side, side, 3], into `out` where given. Throws `data.pictureGone`, or what the disk gives. */
  read(indices: readonly number[] | Int32Array, out?: Uint8Array): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Raised whenever decoding the same bytes would give other pixels. */
const decoderVersion = 1;

/** Content and definition of a dataset's decoded pictures, hex. */
export function pictureCacheKey(dataset: Pick<Dataset, 'pictures'>, preprocessing: Preprocessing): string {
  const hash = createHash('sha256').update(
    `${decoderVersion}\n${resizeDefinition({ ...preprocessing, ...centreless(preprocessing) })}\n`,
  );
  for (const { sha256 } of dataset.pictures) hash.update(sha256);
  return hash.digest('hex').slice(0, 32);
}

/** The centre crop is taken after the cache: definitions that keep the same square share one. */
function centreless(preprocessing: Preprocessing): Pick<Preprocessing, 'inputSize' | 'cropFraction'> {
  return { inputSize: decodeTarget(preprocessing).side, cropFraction: 1 };
}

/**
 * Decodes every wanted picture once, ahead, into one file of fixed stride; what is already there is kept, so a build that was
 * stopped at any moment goes on where it was.
 *
 * Throws AnnealError `data.cacheDiskFull | data.cacheFailed`, `data.allGone` when no picture is left, and the signal's reason.
 */
export async function openPictureCache(
  dataset: Pick<Dataset, 'root' | 'pictures'>,
  preprocessing: Preprocessing,
  options: PictureCacheOptions,
): Promise<PictureCache> {
  const { folder, limitBytes, onProgress, signal, threads = defaultConcurrency } = options;
  const wanted = options.pictures ?? datasetIndices(dataset);
  const target = decodeTarget(preprocessing);
  const key = pictureCacheKey(dataset, preprocessing);
  const count = dataset.pictures.length;
  const stride = target.side ** 2 * 3;
  const bytes = estimateCacheBytes(count, preprocessing);
  const reason = await roomFor(folder, key, bytes, limitBytes);
  const source = new PictureSource(dataset, target);
  const parts = { key, side: target.side, reason, source, threads };
  if (reason) return new Cache({ ...parts, store: null });

  const store = await PictureStore.open(folder, key, count, stride);
  try {
    let done = 0;
    await runPool(wanted.length, threads, async (place) => {
      const index = wanted[place]!;
      signal?.throwIfAborted();
      if (!store.has(index)) {
        const picture = await source.tryDecode(index);
        if (picture) await store.write(index, picture);
      }
      done++;
      onProgress?.(done, wanted.length);
    });
    if (count > 0 && source.missing.size === wanted.length)
      throw new AnnealError('data.allGone', { root: dataset.root });
  } catch (error) {
    await store.close();
    throw error;
  }
  return new Cache({ ...parts, store });
}

async function roomFor(folder: string, key: string, bytes: number, limit: number): Promise<ErrorData | null> {
  if (bytes > limit) return { code: 'data.cacheTooLarge', params: { bytes, limit } };
  try {
    await mkdir(folder, { recursive: true });
    await evictCaches(folder, key, bytes, limit);
    const { needed, free } = await spaceFor(folder, key, bytes);
    return needed > free ? { code: 'data.cacheNoSpace', params: { bytes: needed, free } } : null;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new AnnealError('data.cacheFailed', { folder, detail: code ?? message }, { kind: 'failure', cause: error });
  }
}

/** Decodes pictures as the scan saw them, and remembers those it cannot. */
class PictureSource {
  readonly missing = new Map<number, Problem>();
  readonly #dataset: Pick<Dataset, 'root' | 'pictures'>;
  readonly #target: DecodeTarget;

  constructor(dataset: Pick<Dataset, 'root' | 'pictures'>, target: DecodeTarget) {
    this.#dataset = dataset;
    this.#target = target;
  }

  path(index: number): string {
    return this.#dataset.pictures[index]!.path;
  }

  async tryDecode(index: number): Promise<Uint8Array | null> {
    const picture = this.#dataset.pictures[index]!;
    try {
      const bytes = await readFile(join(this.#dataset.root, picture.path));
      if (createHash('sha256').update(bytes).digest('hex') !== picture.sha256) throw new AnnealError('data.changed');
      return await pixelGate.run(picture.width * picture.height, () => decodePicture(bytes, this.#target));
    } catch (error) {
      this.missing.set(index, { path: picture.path, ...asProblem(error) });
      return null;
    }
  }
}

interface CacheParts extends Pick<PictureCache, 'key' | 'side' | 'reason'> {
  readonly source: PictureSource;
  readonly store: PictureStore | null;
  readonly threads: number;
}

class Cache implements PictureCache {
  readonly key: string;
  readonly side: number;
  readonly bytesPerPicture: number;
  readonly mode: 'disk' | 'onDemand';
  readonly reason: ErrorData | null;
  readonly #source: PictureSource;
  readonly #store: PictureStore | null;
  readonly #threads: number;

  constructor({ key, side, reason, source, store, threads }: CacheParts) {
    this.key = key;
    this.side = side;
    this.bytesPerPicture = side ** 2 * 3;
    this.mode = store ? 'disk' : 'onDemand';
    this.reason = reason;
    this.#source = source;
    this.#store = store;
    this.#threads = threads;
  }

  get missing(): readonly number[] {
    return [...this.#source.missing.keys()].sort((a, b) => a - b);
  }

  get problems(): readonly Problem[] {
    return this.missing.map((index) => this.#source.missing.get(index)!);
  }

  async read(
    indices: readonly number[] | Int32Array,
    out = new Uint8Array(indices.length * this.bytesPerPicture),
  ): Promise<Uint8Array> {
    const runs = this.#store ? consecutiveRuns(indices) : Array.from(indices, (_, at) => ({ at, length: 1 }));
    await runPool(runs.length, this.#threads, async (run) => {
      const { at, length } = runs[run]!;
      const first = indices[at]!;
      const offset = at * this.bytesPerPicture;
      const absent = this.#store ? await this.#store.read(first, length, out, offset) : [first];
      for (const index of absent) {
        const picture = await this.#source.tryDecode(index);
        if (!picture)
          throw new AnnealError('data.pictureGone', { path: this.#source.path(index) }, { kind: 'failure' });
        out.set(picture, offset + (index - first) * this.bytesPerPicture);
        await this.#store?.write(index, picture);
      }
    });
    return out;
  }

  async close(): Promise<void> {
    await this.#store?.close();
  }
}

/** Where indices rise by one, one read serves many. */
function consecutiveRuns(indices: ArrayLike<number>): { at: number; length: number }[] {
  const runs: { at: number; length: number }[] = [];
  for (let at = 0; at < indices.length;) {
    let length = 1;
    while (at + length < indices.length && indices[at + length] === indices[at]! + length) length++;
    runs.push({ at, length });
    at += length;
  }
  return runs;
}
