import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { AnnealError } from '../base/errors.ts';
import type { Problem } from '../protocol/dataset.ts';
import { openPicture } from './open-picture.ts';
import { hashPicture } from './picture-hash.ts';
import { pixelGate } from './run-pool.ts';
import type { FileFacts } from './scan-cache.ts';

/** Larger files are not pictures that anyone trains on, and reading them whole would take their size in memory. */
export const maxFileBytes = 512 * 1024 * 1024;

/** Reads and wholly decodes one file. Content that is refused is a fact as well; what the file system refuses is thrown. */
export async function readFacts(path: string, size: number): Promise<FileFacts> {
  if (size > maxFileBytes)
    return { refused: { code: 'data.fileTooLarge', params: { bytes: size, limit: maxFileBytes } } };
  const bytes = await readFile(path);
  try {
    const picture = await openPicture(bytes);
    const { width, height, format, turned } = picture;
    const hash = await pixelGate.run(width * height, () => hashPicture(picture));
    return { sha256: createHash('sha256').update(bytes).digest('hex'), width, height, format, turned, hash };
  } catch (error) {
    return { refused: asProblem(error) };
  }
}

/** What went wrong with one file, as an entry of the problem list without its path. */
export function asProblem(error: unknown): Pick<Problem, 'code' | 'params'> {
  if (error instanceof AnnealError) {
    const params: Record<string, string | number> = {};
    for (const [key, value] of Object.entries(error.params))
      params[key] = typeof value === 'number' ? value : String(value);
    return { code: error.code, params };
  }
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' || code === 'ENOTDIR') return { code: 'data.missing', params: {} };
  if (code === 'EACCES' || code === 'EPERM') return { code: 'data.noPermission', params: {} };
  return { code: 'data.unreadable', params: { detail: code ?? message } };
}
