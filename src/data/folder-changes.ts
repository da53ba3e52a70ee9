import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../protocol/dataset.ts';
import type { FolderChanges } from '../protocol/dataset-view.ts';
import type { LabelledFile } from './layout.ts';
import { listLabelled } from './list-labelled.ts';
import { runPool } from './run-pool.ts';

/** Each waits for the disk, none for the processor. */
const statsAtOnce = 16;

/**
 * What changed in a folder since it was scanned, by names, labels, sizes and times: no picture is opened. Files that the scan
 * refused are no pictures, and are not asked again. Throws as `listLabelled`.
 */
export async function folderChanges(scan: Dataset, signal?: AbortSignal): Promise<FolderChanges> {
  const { files } = await listLabelled(scan.root, signal ? { signal } : {});
  const pictures = new Map(scan.pictures.map((picture) => [picture.path, picture]));
  const refused = new Set(scan.problems.map(({ path }) => path));
  const untrained = new Set(
    scan.problems.filter(({ code }) => code === 'data.untrainedClass').map(({ params }) => params['class']),
  );
  const isNew = ({ path, className }: LabelledFile): boolean =>
    !pictures.has(path) && !refused.has(path) && !untrained.has(className);
  const there = new Set(files.map(({ path }) => path));
  const scanned = files.filter(({ path }) => pictures.has(path));
  let changed = 0;
  await runPool(scanned.length, statsAtOnce, async (index) => {
    signal?.throwIfAborted();
    const { path, className, given } = scanned[index]!;
    const picture = pictures.get(path)!;
    const found = await stat(join(scan.root, path)).catch(() => null);
    const sameFile = found?.size === picture.bytes && found.mtimeMs === picture.modifiedMs;
    if (!sameFile || scan.classes[picture.label] !== className || picture.given !== given) changed++;
  });
  return {
    added: files.filter(isNew).length,
    removed: scan.pictures.filter(({ path }) => !there.has(path)).length,
    changed,
  };
}
