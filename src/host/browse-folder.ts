import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { BrowsedFolder } from '../protocol/browser-host.ts';
import type { AllowedFolders } from './allowed-folders.ts';

/** More than anybody looks through in a list; the rest is found by its path. */
const foldersShown = 2000;
const picture = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif|heic|heif)$/i;

/** What a folder holds; null: the list of allowed folders. @throws host.notAllowed, system.* */
export async function browseFolder(allowed: AllowedFolders, path: string | null): Promise<BrowsedFolder> {
  if (path === null) {
    const folders = allowed.roots.map((root) => ({ name: basename(root) || root, path: root }));
    return { path: null, parent: null, folders, pictures: 0 };
  }
  const folder = await allowed.existing(path);
  const entries = (await readdir(folder, { withFileTypes: true })).filter(({ name }) => !name.startsWith('.'));
  const names: string[] = [];
  for (const entry of entries) if (await leadsToFolder(folder, entry, allowed)) names.push(entry.name);
  const sorted = names.sort(new Intl.Collator(undefined, { numeric: true }).compare).slice(0, foldersShown);
  return {
    path: folder,
    parent: await allowed.existing(dirname(folder)).catch(() => null),
    folders: sorted.map((name) => ({ name, path: join(folder, name) })),
    pictures: entries.filter((entry) => entry.isFile() && picture.test(entry.name)).length,
  };
}

/** Links count where they lead to something that may be opened. */
async function leadsToFolder(folder: string, entry: Dirent, allowed: AllowedFolders): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const target = await allowed.existing(join(folder, entry.name)).catch(() => null);
  return target !== null && (await stat(target)).isDirectory();
}
