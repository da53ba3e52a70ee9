import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { isInside } from './inside.ts';

/** The folders that pages in a browser may reach. */
export interface AllowedFolders {
  /** Free of links, sorted. */
  readonly roots: readonly string[];
  /** The path without links. @throws host.notAllowed; system.ENOENT and its like where nothing is there */
  existing(path: string): Promise<string>;
  /** Where something may be written: it is not there yet, the folder around it is. @throws host.notAllowed, host.exists */
  free(path: string): Promise<string>;
}

/** @throws the file system's own error for a folder that is not there */
export async function allowFolders(folders: readonly string[]): Promise<AllowedFolders> {
  const given = folders.map((folder) => resolve(folder));
  const roots = [...new Set(await Promise.all(given.map((folder) => realpath(folder))))].sort();
  const refuse = (path: string): AnnealError => new AnnealError('host.notAllowed', { path, roots });
  const check = (asked: string, path: string): string => {
    if (!roots.some((root) => isInside(root, path))) throw refuse(asked);
    return path;
  };
  /** Links are followed only where even the written path lies inside: nobody learns what exists elsewhere. */
  const resolved = async (path: string): Promise<string> => {
    if (!isAbsolute(path) || path.includes('\0')) throw refuse(path);
    const plain = join(path);
    if (![...roots, ...given].some((root) => isInside(root, plain))) throw refuse(path);
    return realpath(plain);
  };
  return {
    roots,
    existing: async (path) => check(path, await resolved(path)),
    free: async (path) => {
      const folder = await resolved(dirname(path));
      const target = join(check(path, folder), basename(path));
      const there = await lstat(target).catch(() => null);
      if (there !== null) throw new AnnealError('host.exists', { path: target });
      return target;
    },
  };
}
