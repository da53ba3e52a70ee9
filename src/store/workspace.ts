import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import { toStoreError } from './store-error.ts';

/** Where things lie inside a workspace. All that runs write is below `root`. */
export interface WorkspaceLayout {
  readonly root: string;
  readonly database: string;
  /** One folder a run, named by its id. */
  readonly runs: string;
  /** One JSON file a scanned dataset version. */
  readonly datasets: string;
  /** Decoded pictures and features: can be deleted at any time. */
  readonly cache: string;
  /** Backbones pulled on demand. */
  readonly zoo: string;
  /** Pictures that the application draws to be tried on; there once they were asked for. */
  readonly sample: string;
}

function workspaceLayout(root: string): WorkspaceLayout {
  const base = resolve(root);
  const below = (name: string) => join(base, name);
  return {
    root: base,
    database: below('anneal.db'),
    runs: below('runs'),
    datasets: below('datasets'),
    cache: below('cache'),
    zoo: below('zoo'),
    sample: below('sample'),
  };
}

/** Creates the folders. @throws store.workspaceIsFile, store.notWritable, store.diskFull */
export function prepareWorkspace(root: string): WorkspaceLayout {
  const layout = workspaceLayout(root);
  try {
    const found = statSync(layout.root, { throwIfNoEntry: false });
    if (found && !found.isDirectory()) throw new AnnealError('store.workspaceIsFile', { path: layout.root });
    for (const folder of [layout.root, layout.runs, layout.datasets, layout.cache, layout.zoo])
      mkdirSync(folder, { recursive: true });
    accessSync(layout.root, constants.W_OK | constants.X_OK);
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOTDIR' || error.code === 'EEXIST'))
      throw new AnnealError('store.workspaceIsFile', { path: layout.root }, { cause: error });
    if (
      error instanceof Error &&
      'code' in error &&
      (error.code === 'ENOENT' ||
        error.code === 'ENAMETOOLONG' ||
        error.code === 'EINVAL' ||
        error.code === 'ERR_INVALID_ARG_VALUE')
    )
      throw new AnnealError(
        'store.workspaceImpossible',
        { path: layout.root, code: String(error.code) },
        { cause: error },
      );
    throw toStoreError(error, layout.root);
  }
  return layout;
}
