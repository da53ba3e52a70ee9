import { open } from 'node:fs/promises';
import { Zip, ZipPassThrough } from 'fflate';

/** Offsets of the plain zip format, and what Node reads in one piece: a zip file stays below. */
export const largestZipBytes = 2 ** 31 - 2 ** 24;

export interface ZipEntry {
  readonly name: string;
  /** Asked for when its turn comes, so that only one file is in memory. */
  readonly read: () => Promise<Uint8Array>;
}

/**
 * Writes a new zip file, uncompressed (weights hardly shrink, and stored files can be read by offset), synced to disk. Equal
 * entries give equal bytes: no time of day goes in. Fails where `path` exists.
 */
export async function writeZip(path: string, entries: readonly ZipEntry[]): Promise<void> {
  const file = await open(path, 'wx');
  try {
    let chunks: Uint8Array[] = [];
    const flush = async () => {
      const ready = chunks;
      chunks = [];
      for (const chunk of ready) await file.writeFile(chunk);
    };
    const zip = new Zip((error, chunk) => {
      if (error) throw error;
      chunks.push(chunk);
    });
    for (const { name, read } of entries) {
      const entry = new ZipPassThrough(name);
      entry.mtime = new Date(1980, 0, 1);
      zip.add(entry);
      entry.push(await read(), true);
      await flush();
    }
    zip.end();
    await flush();
    await file.sync();
  } finally {
    await file.close();
  }
}
