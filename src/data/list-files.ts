import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface ListedFolder {
  /** Relative to the root, '/'-separated; '' is the root. */
  readonly path: string;
  readonly name: string;
  /** File names, in no order. */
  readonly files: readonly string[];
  readonly folders: readonly ListedFolder[];
}

/** What systems and tools leave behind: never told, never counted. */
const stray =
  /^(\..*|Thumbs\.db|ehthumbs.*\.db|desktop\.ini|Icon\r|__MACOSX|@eaDir|\$RECYCLE\.BIN|System Volume Information|lost\+found)$/i;

/**
 * The tree of files below `root`. Links are followed unless they lead back into themselves; folders that cannot be opened are given
 * to `onDenied`, each folder once it is listed to `onFolder`.
 * Throws what `readdir` throws for the root itself.
 */
export async function listFiles(
  root: string,
  onDenied: (path: string) => void,
  {
    signal,
    onFolder,
  }: {
    readonly signal?: AbortSignal | undefined;
    readonly onFolder?: ((folder: ListedFolder) => void) | undefined;
  } = {},
): Promise<ListedFolder> {
  const list = async (path: string, name: string, above: readonly string[]): Promise<ListedFolder> => {
    signal?.throwIfAborted();
    const folder = join(root, path);
    const real = await realpath(folder);
    if (above.includes(real)) return { path, name, files: [], folders: [] };
    let entries: Dirent[];
    try {
      entries = await readdir(folder, { withFileTypes: true });
    } catch (error) {
      if (path === '') throw error;
      onDenied(path);
      entries = [];
    }
    const files: string[] = [];
    const folders: string[] = [];
    for (const entry of entries) {
      if (stray.test(entry.name)) continue;
      let { isFile, isFolder } = { isFile: entry.isFile(), isFolder: entry.isDirectory() };
      if (entry.isSymbolicLink()) {
        const target = await stat(join(folder, entry.name)).catch(() => null);
        isFile = target?.isFile() ?? true; // a dangling link is told as a file that cannot be read
        isFolder = target?.isDirectory() ?? false;
      }
      if (isFolder) folders.push(entry.name);
      else if (isFile) files.push(entry.name);
    }
    const children: ListedFolder[] = [];
    for (const child of folders.sort()) {
      children.push(await list(path === '' ? child : `${path}/${child}`, child, [...above, real]));
    }
    const listed = { path, name, files, folders: children };
    onFolder?.(listed);
    return listed;
  };
  return list('', '', []);
}

/** Every file below a folder, paths relative to the listing's root, sorted within each folder. */
export function* filesBelow(folder: ListedFolder): Generator<string> {
  const prefix = folder.path === '' ? '' : `${folder.path}/`;
  for (const file of [...folder.files].sort()) yield prefix + file;
  for (const child of folder.folders) yield* filesBelow(child);
}

export function hasFiles(folder: ListedFolder): boolean {
  return folder.files.length > 0 || folder.folders.some(hasFiles);
}
