import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import type { EyeSize } from '../../data/encode-for-eye.ts';
import { asProblem, maxFileBytes } from '../../data/file-problem.ts';
import type { DatasetLibrary } from '../datasets/dataset-library.ts';
import { insideRoot } from './inside-root.ts';
import {
  thumbnailSizes,
  type MediaFile,
  type MediaRequest,
  type MediaSource,
  type ThumbnailSize,
} from './media-source.ts';
import { NewestFirst } from './newest-first.ts';

const longestSide = 2048;
const contentType = 'image/jpeg';

/**
 * Thumbnails by content in `folder`, made when first asked for. Decoding runs in libuv's threads, no more at once than leave room
 * for reading those already made.
 */
export class DatasetMedia implements MediaSource {
  readonly #library: DatasetLibrary;
  readonly #folder: string;
  readonly #work = new NewestFirst(Math.max(1, Math.min(3, availableParallelism())));

  constructor(library: DatasetLibrary, folder: string) {
    this.#library = library;
    this.#folder = folder;
  }

  async thumbnail(request: MediaRequest & { readonly size: ThumbnailSize }): Promise<MediaFile> {
    const { root, sha256 } = this.#find(request);
    const made = await this.#made(sha256, request.size);
    if (made) return made;
    return this.#work.run(async () => {
      const file = await this.#read(root, request.path);
      // While a folder is first scanned, contents are known only now.
      const earlier = await this.#made(file.sha256, request.size);
      if (earlier) return earlier;
      const thumbnail = await this.#encode(file, { shorterSide: request.size });
      await this.#keep(thumbnail, request.size);
      return thumbnail;
    }, request.signal);
  }

  async picture(request: MediaRequest): Promise<MediaFile> {
    const { root, sha256 } = this.#find(request);
    const work = async (): Promise<MediaFile> =>
      this.#encode(await this.#read(root, request.path), { longerSide: longestSide });
    return this.#work.run(work, request.signal).catch(async (error: unknown) => {
      if (!(error instanceof AnnealError) || error.code !== 'data.missing') throw error;
      // The folder has gone: the largest that was made of it before.
      for (const size of [...thumbnailSizes].reverse()) {
        const made = await this.#made(sha256, size);
        if (made) return made;
      }
      throw error;
    });
  }

  #find({ dataset, path }: MediaRequest): { readonly root: string; readonly sha256: string } {
    const pictures = this.#library.pictures(this.#library.idOf(dataset));
    const index = pictures.indexOf(path);
    if (index < 0) throw new AnnealError('media.unknownPicture', { path });
    return { root: pictures.scan.root, sha256: pictures.scan.pictures[index]!.sha256 };
  }

  async #read(root: string, path: string): Promise<{ readonly bytes: Uint8Array; readonly sha256: string }> {
    try {
      const file = await insideRoot(root, path);
      const { size } = await stat(file);
      if (size > maxFileBytes) throw new AnnealError('data.fileTooLarge', { bytes: size, limit: maxFileBytes });
      const bytes = await readFile(file);
      return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
    } catch (error) {
      if (error instanceof AnnealError) throw error;
      const { code, params } = asProblem(error);
      throw new AnnealError(code, params, { cause: error });
    }
  }

  async #encode(file: { readonly bytes: Uint8Array; readonly sha256: string }, size: EyeSize): Promise<MediaFile> {
    // The decoders load with the first picture: an engine that shows none starts without them.
    const { encodeForEye } = await import('../../data/encode-for-eye.ts');
    return { bytes: await encodeForEye(file.bytes, size), contentType, sha256: file.sha256 };
  }

  #place(sha256: string, size: ThumbnailSize): string {
    return join(this.#folder, sha256.slice(0, 2), `${sha256}-${size}.jpg`);
  }

  /** Null where it was not made yet, or was cut off when the machine stopped. */
  async #made(sha256: string, size: ThumbnailSize): Promise<MediaFile | null> {
    if (sha256 === '') return null;
    const bytes = await readFile(this.#place(sha256, size)).catch(() => null);
    const whole = bytes !== null && bytes.at(-2) === 0xff && bytes.at(-1) === 0xd9;
    return whole ? { bytes, contentType, sha256 } : null;
  }

  /** A cache: not flushed to the disk, and where it cannot be written the thumbnail is made again next time. */
  async #keep({ bytes, sha256 }: MediaFile, size: ThumbnailSize): Promise<void> {
    const place = this.#place(sha256, size);
    const temporary = `${place}.${randomUUID()}`;
    try {
      await mkdir(dirname(place), { recursive: true });
      await writeFile(temporary, bytes);
      await rename(temporary, place);
    } catch {
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }
}
