import { resolve } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { folderChanges as changesOfFolder } from '../../data/folder-changes.ts';
import type { DatasetEdit } from '../../store/dataset-edits.ts';
import { moveFile } from '../datasets/move-file.ts';
import { planMoves } from '../datasets/plan-moves.ts';
import type { CommandHandler } from './command-handler.ts';

export const folderChanges: CommandHandler<'folderChanges'> = async ({ datasets }, { dataset }, hooks) => {
  const pictures = datasets.pictures(datasets.idOf(dataset));
  if (pictures.listing) return { added: 0, removed: 0, changed: 0 };
  return changesOfFolder(pictures.scan, hooks?.signal);
};

export const checkDataset: CommandHandler<'checkDataset'> = async ({ datasets }, { dataset }, hooks) =>
  datasets.check(datasets.idOf(dataset), hooks);

export const locateDataset: CommandHandler<'locateDataset'> = async ({ datasets }, { dataset, folder }, hooks) =>
  datasets.locate(datasets.idOf(dataset), resolve(folder), hooks);

export const planFolderMoves: CommandHandler<'planFolderMoves'> = async ({ datasets }, { dataset }) =>
  planMoves(datasets.pictures(datasets.idOf(dataset)));

/**
 * Moves files as `planFolderMoves` listed them, then scans again. A file that is no longer as planned stays where it is, and the
 * change by hand to it stays too. @throws dataset.movesFailed, which names those files; all others were moved then
 */
export const applyToFolder: CommandHandler<'applyToFolder'> = async (
  { store, datasets },
  { dataset, moves },
  hooks,
) => {
  const id = datasets.idOf(dataset);
  const pictures = datasets.pictures(id);
  const planned = new Map((await planMoves(pictures)).map(({ from, to }) => [from, to]));
  const { applied } = store.edits.of(id);
  // Ahead of the files: killed in between, a picture left out stays so under whichever name it then has.
  const ahead = applied.some(({ kind }) => kind === 'leaveOut');
  if (ahead) store.edits.replace(id, withBothNames(applied, planned));
  const moved = new Map<string, string>();
  const failed: string[] = [];
  for (const move of moves) {
    const isPlanned = planned.get(move.from) === move.to;
    const scanned = pictures.scan.pictures[pictures.indexOf(move.from)];
    const refusal = isPlanned && scanned ? await moveFile(pictures.scan.root, move, scanned) : 'notPlanned';
    if (refusal === null) moved.set(move.from, move.to);
    else failed.push(`${refusal}:${move.from}`);
  }
  if (ahead || moved.size > 0) store.edits.replace(id, editsAfter(applied, moved));
  await datasets.checkAnew(id, hooks);
  if (failed.length > 0)
    throw new AnnealError('dataset.movesFailed', { moved: moved.size, failed }, { kind: 'failure' });
  return datasets.summary(id);
};

/** A name that no file has means nothing. */
function withBothNames(edits: readonly DatasetEdit[], planned: ReadonlyMap<string, string>): DatasetEdit[] {
  return edits.map((edit) => {
    if (edit.kind === 'move') return edit;
    const also = edit.pictures.flatMap(({ path, sha256 }) => {
      const to = planned.get(path);
      return to === undefined ? [] : [{ path: to, sha256 }];
    });
    return { ...edit, pictures: [...edit.pictures, ...also] };
  });
}

/** A picture that the folder now gives its class needs no move any more; one left out stays so under its new name. */
function editsAfter(edits: readonly DatasetEdit[], moved: ReadonlyMap<string, string>): DatasetEdit[] {
  const after = edits.map((edit): DatasetEdit => {
    if (edit.kind === 'move') return { ...edit, pictures: edit.pictures.filter(({ path }) => !moved.has(path)) };
    return {
      ...edit,
      pictures: edit.pictures.map((picture) => ({ ...picture, path: moved.get(picture.path) ?? picture.path })),
    };
  });
  return after.filter(({ pictures }) => pictures.length > 0);
}
