import { open } from 'node:fs/promises';
import { AnnealError } from '../base/errors.ts';
import { truncated } from './weights-error.ts';

/** A file or a piece of memory that is read by range. Every length is checked against `size` before memory is taken. */
export interface ByteSource {
  /** For error messages. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Exactly `length` bytes from `offset`, in a buffer of their own; `part` names them in an error. */
  read(offset: number, length: number, part: string): Promise<Uint8Array<ArrayBuffer>>;
  close(): Promise<void>;
}

export function memorySource(path: string, bytes: Uint8Array): ByteSource {
  return {
    path,
    size: bytes.byteLength,
    read: (offset, length, part) => {
      const problem = outside(path, bytes.byteLength, offset, length, part);
      return problem
        ? Promise.reject(problem)
        : Promise.resolve(new Uint8Array(bytes.subarray(offset, offset + length)));
    },
    close: () => Promise.resolve(),
  };
}

export async function fileSource(path: string): Promise<ByteSource> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new AnnealError('weights.missingFile', { path });
    throw new AnnealError('weights.unreadable', { path, detail: error.code ?? error.message });
  });
  const { size, isFile } = await file.stat().then((stat) => ({ size: stat.size, isFile: stat.isFile() }));
  if (!isFile) {
    await file.close();
    throw new AnnealError('weights.unreadable', { path, detail: 'not a file' });
  }
  return {
    path,
    size,
    async read(offset, length, part) {
      const problem = outside(path, size, offset, length, part);
      if (problem) throw problem;
      const buffer = new Uint8Array(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await file.read(buffer, filled, length - filled, offset + filled);
        if (bytesRead === 0) throw truncated(path, part, length, filled); // the file shrank while it was read
        filled += bytesRead;
      }
      return buffer;
    },
    close: () => file.close(),
  };
}

function outside(path: string, size: number, offset: number, length: number, part: string): AnnealError | null {
  const sound = Number.isSafeInteger(offset) && Number.isSafeInteger(length) && offset >= 0 && length >= 0;
  if (sound && offset + length <= size) return null;
  return truncated(path, part, sound ? length : -1, sound ? Math.max(0, size - offset) : size);
}
