import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { Zip, ZipPassThrough } from 'fflate';

/** A folder as a ZIP archive, read as it is sent. Weights hardly shrink, so nothing is compressed. */
export function zipFolder(folder: string): Readable {
  return Readable.from(zipChunks(folder), { objectMode: false });
}

async function* zipChunks(folder: string): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    if (chunk.length > 0) ready.push(chunk);
  });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = new ZipPassThrough([basename(folder), ...relative(folder, path).split(sep)].join('/'));
    zip.add(file);
    for await (const chunk of createReadStream(path)) {
      file.push(chunk as Uint8Array);
      yield* ready.splice(0);
    }
    file.push(new Uint8Array(0), true);
  }
  zip.end();
  yield* ready.splice(0);
}
