import { open, utimes, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { AnnealError } from '../base/errors.ts';

export const picturesSuffix = '.pictures';
export const checksSuffix = '.checks';

/**
 * One file of pictures of equal size, read and written by position, and beside it a checksum a picture (uint32, 0 = absent).
 * A picture counts only when its checksum fits its bytes, so a process killed while writing, or a power cut, leaves nothing
 * that is half valid; and two processes that build the same cache write the same bytes.
 *
 * Throws AnnealError `data.cacheDiskFull | data.cacheFailed`.
 */
export class PictureStore {
  readonly #folder: string;
  readonly #stride: number;
  readonly #pictures: FileHandle;
  readonly #checksFile: FileHandle;
  readonly #checks: Uint32Array;
  /** 1 where this process has written or checked the picture. */
  readonly #trusted: Uint8Array;

  private constructor(
    folder: string,
    stride: number,
    pictures: FileHandle,
    checksFile: FileHandle,
    checks: Uint32Array,
  ) {
    this.#folder = folder;
    this.#stride = stride;
    this.#pictures = pictures;
    this.#checksFile = checksFile;
    this.#checks = checks;
    this.#trusted = new Uint8Array(checks.length);
  }

  /** Opens or creates the store; opening marks it as used now. */
  static async open(folder: string, key: string, count: number, stride: number): Promise<PictureStore> {
    const opened: FileHandle[] = [];
    try {
      for (const suffix of [picturesSuffix, checksSuffix]) {
        const file = await open(join(folder, key + suffix), 'a');
        await file.close();
        opened.push(await open(join(folder, key + suffix), 'r+'));
      }
      const [pictures, checksFile] = opened as [FileHandle, FileHandle];
      const checks = new Uint32Array(count);
      await checksFile.read(new Uint8Array(checks.buffer), 0, checks.byteLength, 0);
      const now = new Date();
      await utimes(join(folder, key + checksSuffix), now, now);
      return new PictureStore(folder, stride, pictures, checksFile, checks);
    } catch (error) {
      for (const file of opened) await file.close();
      throw storeError(error, folder, count * stride);
    }
  }

  has(index: number): boolean {
    return this.#checks[index] !== 0;
  }

  async write(index: number, picture: Uint8Array): Promise<void> {
    const check = crc32(picture) || 1;
    try {
      await writeWhole(this.#pictures, picture, index * this.#stride);
      await writeWhole(this.#checksFile, new Uint8Array(Uint32Array.of(check).buffer), index * 4);
    } catch (error) {
      throw storeError(error, this.#folder, this.#checks.length * this.#stride);
    }
    this.#checks[index] = check;
    this.#trusted[index] = 1;
  }

  /**
   * Reads `count` pictures from `first` on into `out` at `offset` (bytes); gives those that are absent or damaged.
   */
  async read(first: number, count: number, out: Uint8Array, offset: number): Promise<number[]> {
    const length = count * this.#stride;
    let done = 0;
    while (done < length) {
      const { bytesRead } = await this.#pictures
        .read(out, offset + done, length - done, first * this.#stride + done)
        .catch((error: unknown) => {
          throw storeError(error, this.#folder, length);
        });
      if (bytesRead === 0) break;
      done += bytesRead;
    }
    const bad: number[] = [];
    for (let i = 0; i < count; i++) {
      const index = first + i;
      if (this.#trusted[index] && done >= (i + 1) * this.#stride) continue;
      const from = offset + i * this.#stride;
      if ((crc32(out.subarray(from, from + this.#stride)) || 1) === this.#checks[index]) this.#trusted[index] = 1;
      else bad.push(index);
    }
    return bad;
  }

  async close(): Promise<void> {
    await this.#pictures.close();
    await this.#checksFile.close();
  }
}

async function writeWhole(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await file.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  }
}

function storeError(error: unknown, folder: string, bytes: number): AnnealError {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AnnealError('data.cacheDiskFull', { folder, bytes }, { kind: 'failure', cause: error });
  }
  return new AnnealError('data.cacheFailed', { folder, detail: code ?? message }, { kind: 'failure', cause: error });
}
