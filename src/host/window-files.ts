import { readdir, readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import { AnnealError } from '../base/errors.ts';

export interface WindowFile {
  readonly bytes: Buffer;
  readonly contentType: string;
  /** Its name holds a hash of its content: it never changes. */
  readonly immutable: boolean;
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.ico': 'image/vnd.microsoft.icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/**
 * The built window by address ('/index.html'). It is small and read once: a request is then looked up in a table and cannot name
 * a file. @throws host.noWindow where the folder holds none
 */
export async function readWindowFiles(folder: string): Promise<ReadonlyMap<string, WindowFile>> {
  const files = new Map<string, WindowFile>();
  const names = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  for (const entry of names) {
    const contentType = contentTypes[extname(entry.name)];
    if (!entry.isFile() || contentType === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    const address = path.slice(folder.length).split(sep).join('/');
    files.set(address.startsWith('/') ? address : `/${address}`, {
      bytes: await readFile(path),
      contentType,
      immutable: address.includes('/assets/'),
    });
  }
  if (!files.has('/index.html')) throw new AnnealError('host.noWindow', { path: folder }, { kind: 'failure' });
  return files;
}
