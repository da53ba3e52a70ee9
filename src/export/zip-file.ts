import { open, readFile, stat } from 'node:fs/promises';
import { unzipSync, Zip, ZipPassThrough, type UnzipFileInfo } from 'fflate';
import { AnnealError } from '../base/errors.ts';

/** What Node reads in one piece; a bundle stays below. */
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

/** A zip file in memory, its entries unpacked one at a time. */
export interface OpenZip {
  readonly names: ReadonlySet<string>;
  /** Unpacks one entry of at most `limit` bytes; null when there is none. Throws `export.notABundle | export.absurdSize`. */
  read(name: string, limit: number): Uint8Array | null;
}

/** deflate cannot do better than this; an entry that claims more is a trap. */
const bestDeflateRatio = 1032;

/** Throws `export.notFound | export.tooLarge | export.notABundle | export.absurdSize`. */
export async function openZip(path: string): Promise<OpenZip> {
  const found = await stat(path).catch((cause: unknown) => {
    throw new AnnealError('export.notFound', { path }, { cause });
  });
  if (!found.isFile()) throw new AnnealError('export.notABundle', { path, detail: 'it is not a file' });
  if (found.size > largestZipBytes)
    throw new AnnealError('export.tooLarge', { path, received: found.size, limit: largestZipBytes });
  const data = await readFile(path);
  const infos = new Map<string, UnzipFileInfo>();
  const walk = (filter: (info: UnzipFileInfo) => boolean) => {
    try {
      return unzipSync(data, { filter });
    } catch (error) {
      if (error instanceof AnnealError) throw error;
      throw new AnnealError('export.notABundle', {
        path,
        detail: error instanceof Error ? error.message : String(error),
      });
    }
  };
  walk((info) => {
    if (infos.has(info.name))
      throw new AnnealError('export.notABundle', { path, detail: `two entries are named "${info.name}"` });
    infos.set(info.name, info);
    return false;
  });
  return {
    names: new Set(infos.keys()),
    read(name, limit) {
      const info = infos.get(name);
      if (!info) return null;
      const possible = info.compression === 0 ? info.size : info.size * bestDeflateRatio;
      if (info.originalSize > limit || info.originalSize > possible || info.size > data.length) {
        throw new AnnealError('export.absurdSize', {
          path,
          file: name,
          received: info.originalSize,
          limit: Math.min(limit, possible),
        });
      }
      return walk((entry) => entry.name === name)[name] ?? null;
    },
  };
}
