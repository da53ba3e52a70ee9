import { stat } from 'node:fs/promises';
import { AnnealError } from '../base/errors.ts';
import type { Problem } from '../protocol/dataset.ts';
import { readCsvLayout } from './csv-list.ts';
import { readFolderLayout, type LabelledFile, type Layout } from './layout.ts';
import { hasFiles, listFiles, type ListedFolder } from './list-files.ts';

export interface LabelledListing {
  readonly files: readonly LabelledFile[];
  readonly problems: Problem[];
  /** Where labels come from: the names of folders, or a list in a CSV file. */
  readonly labels: 'folders' | 'list';
}

/**
 * The files of a folder of pictures with the labels that the folder gives them. Names only, no file is opened: 50,000 take a few
 * tenths of a second.
 *
 * Throws AnnealError: `data.rootMissing | data.rootIsFile | data.rootDenied | data.emptyFolder | data.noClasses`; the signal's
 * reason when aborted.
 */
export async function listLabelled(
  root: string,
  options: { readonly signal?: AbortSignal; readonly onFolder?: (folder: ListedFolder) => void } = {},
): Promise<LabelledListing> {
  await checkRoot(root);
  const problems: Problem[] = [];
  const tree = await listFiles(
    root,
    (path) => problems.push({ path, code: 'data.noPermission', params: {} }),
    options,
  ).catch((error: unknown) => {
    throw rootError(root, error);
  });
  const { labels, ...layout } = await readLayout(root, tree);
  problems.push(...layout.problems);
  if (layout.files.length === 0)
    throw new AnnealError(hasFiles(tree) ? 'data.noClasses' : 'data.emptyFolder', { root });
  return { files: layout.files, problems, labels };
}

async function checkRoot(root: string): Promise<void> {
  const found = await stat(root).catch((error: unknown) => {
    throw rootError(root, error);
  });
  if (!found.isDirectory()) throw new AnnealError('data.rootIsFile', { root });
}

function rootError(root: string, error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new AnnealError('data.rootMissing', { root });
  if (code === 'EACCES' || code === 'EPERM') return new AnnealError('data.rootDenied', { root });
  return error;
}

/** `metadata.csv` is meant as the list; another CSV file counts only where folders give no two classes. */
async function readLayout(
  root: string,
  tree: ListedFolder,
): Promise<Layout & { readonly labels: LabelledListing['labels'] }> {
  const metadata = await readCsvLayout(root, tree, 'metadata');
  if (metadata) return { ...metadata, labels: 'list' };
  const folders = { ...readFolderLayout(tree), labels: 'folders' as const };
  if (new Set(folders.files.map((file) => file.className)).size >= 2) return folders;
  const list = await readCsvLayout(root, tree, 'any');
  return list ? { ...list, labels: 'list' } : folders;
}
