import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { asProblem, maxFileBytes } from './file-problem.ts';
import { openPicture } from './open-picture.ts';
import { hashPicture } from './picture-hash.ts';
import { pixelGate } from './run-pool.ts';
import type { FileFacts } from './scan-cache.ts';

/** Reads and wholly decodes one file. Content that is refused is a fact as well; what the file system refuses is thrown. */
export async function readFacts(path: string, size: number): Promise<FileFacts> {
  if (size > maxFileBytes)
    return { refused: { code: 'data.fileTooLarge', params: { bytes: size, limit: maxFileBytes } } };
  const bytes = await readFile(path);
  try {
    const picture = await openPicture(bytes);
    const { width, height, format, turned, takenMs } = picture;
    const hash = await pixelGate.run(width * height, () => hashPicture(picture));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { sha256, width, height, format, turned, takenMs, hash };
  } catch (error) {
    return { refused: asProblem(error) };
  }
}
