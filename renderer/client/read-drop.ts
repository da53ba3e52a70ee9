import type { Drop, DroppedFile, GivenFile } from './client.ts';

const pictureName = /\.(jpe?g|png|webp|gif|bmp|tiff?|avif|heic|heif)$/i;
const bundleName = /\.anneal$/i;

function isPicture(file: { readonly name: string; readonly type?: string }): boolean {
  return Boolean(file.type?.startsWith('image/')) || pictureName.test(file.name);
}

/**
 * What was dropped or pasted. Reads the transfer before it returns for the first time: afterwards the browser empties it.
 * `pathOf`: where the file lies on this machine, where that is known; then a folder's files are left out.
 */
export async function readDrop(transfer: DataTransfer, pathOf: (file: File) => string | null): Promise<Drop> {
  const given = [...transfer.items]
    .filter((item) => item.kind === 'file')
    .map((item) => ({ file: item.getAsFile(), entry: item.webkitGetAsEntry() }));
  const [first] = given;
  if (given.length === 1 && first?.entry?.isDirectory) {
    const path = first.file && pathOf(first.file);
    const files = path ? [] : await filesBelow(first.entry as FileSystemDirectoryEntry, '');
    return { kind: 'folder', name: first.entry.name, path, files };
  }
  const files = given.flatMap(({ file, entry }) => (file && !entry?.isDirectory ? [file] : []));
  if (files.length === 1 && bundleName.test(files[0]!.name)) return { kind: 'bundle', file: give(files[0]!, pathOf) };
  const pictures = files.filter(isPicture);
  if (pictures.length > 0) return { kind: 'pictures', files: pictures.map((file) => give(file, pathOf)) };
  return { kind: 'unknown', names: given.flatMap(({ file, entry }) => entry?.name ?? file?.name ?? []) };
}

/** `file` with its path where it has one. */
export function give(file: File, pathOf: (file: File) => string | null): GivenFile {
  const path = pathOf(file);
  return path === null ? { name: file.name, path, file } : { name: file.name, path, file };
}

/** All files below a folder, but hidden ones: systems put their own there. `prefix` ends with '/' or is empty. */
async function filesBelow(folder: FileSystemDirectoryEntry, prefix: string): Promise<DroppedFile[]> {
  const found: DroppedFile[] = [];
  for (const entry of await entriesOf(folder)) {
    if (entry.name.startsWith('.')) continue;
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory) found.push(...(await filesBelow(entry as FileSystemDirectoryEntry, `${path}/`)));
    else found.push({ path, file: await fileOf(entry as FileSystemFileEntry) });
  }
  return found;
}

/** The browser hands them out in portions, and an empty one at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const portion = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (portion.length === 0) return all;
    all.push(...portion);
  }
}

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
