import { lstat, mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { isPlainName } from './inside.ts';

/** Where an export named `name` can be written in `folder`: 'flowers.anneal', else 'flowers 2.anneal', … @throws host.badName */
export async function freeExportPlace(folder: string, name: string): Promise<string> {
  if (!isPlainName(name) || name.startsWith('.')) throw new AnnealError('host.badName', { name });
  await mkdir(folder, { recursive: true });
  const extension = extname(name);
  const base = name.slice(0, name.length - extension.length);
  for (let i = 1; ; i++) {
    const path = join(folder, i === 1 ? name : `${base} ${i}${extension}`);
    if (!(await lstat(path).catch(() => null))) return path;
  }
}
