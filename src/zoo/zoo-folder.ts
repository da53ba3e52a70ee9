import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { decode } from '../stored/kind.ts';
import { pretrainedFolder, readManifest, zooRecordKind, type ZooModel } from './manifest.ts';

/** The record that an import leaves beside its weights. */
export const recordSuffix = '.model.json';

/** Where the weights of a model are, or would be. Absolute when `zooFolder` is. */
export function weightsPath(model: ZooModel, zooFolder: string): string {
  return join(model.embedded ? pretrainedFolder : zooFolder, model.file);
}

export async function isInstalled(model: ZooModel, zooFolder: string): Promise<boolean> {
  return await stat(weightsPath(model, zooFolder)).then(
    (file) => file.isFile(),
    () => false,
  );
}

/** The shipped manifest, then what the user imported, by name. A missing zoo folder holds nothing. */
export async function readRecords(zooFolder: string): Promise<readonly ZooModel[]> {
  const shipped = await readManifest();
  const names = await readdir(zooFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw folderError(zooFolder, error);
  });
  const imported: ZooModel[] = [];
  for (const name of names.filter((file) => file.endsWith(recordSuffix)).sort()) {
    const path = join(zooFolder, name);
    imported.push(decode(zooRecordKind, await readFile(path, 'utf8'), path));
  }
  return [...shipped, ...imported];
}

export async function makeZooFolder(zooFolder: string): Promise<void> {
  await mkdir(zooFolder, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
    throw folderError(zooFolder, error);
  });
}

/** A failure of the operating system while the zoo folder is read or written. */
export function folderError(folder: string, error: NodeJS.ErrnoException): AnnealError {
  return new AnnealError(
    'zoo.folderFailed',
    { folder, detail: error.code ?? error.message },
    { kind: 'failure', cause: error },
  );
}
