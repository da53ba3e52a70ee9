import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { unzipSync, zipSync, type Zippable } from 'fflate';

/**
 * Packs files below `root` under their relative paths: a ZIP without compression inside Brotli, whose window of 16 MiB sees that a
 * bundle holds the same weights as the run beside it.
 */
export async function packFolder(target: string, root: string, paths: readonly string[]): Promise<void> {
  const files: Zippable = {};
  for (const path of paths) {
    for (const file of await filesOf(path)) {
      files[relative(root, file)] = [new Uint8Array(await readFile(file)), { level: 0, mtime: '2026-01-01' }];
    }
  }
  const bytes = zipSync(files);
  const params = {
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  await writeFile(target, brotliCompressSync(bytes, { params }));
}

export async function unpackFolder(archive: string, root: string): Promise<void> {
  for (const [path, bytes] of Object.entries(unzipSync(brotliDecompressSync(await readFile(archive))))) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
  }
}

async function filesOf(path: string): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const names = await readdir(path, { recursive: true, withFileTypes: true });
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
