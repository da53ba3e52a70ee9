import { join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { asProblem } from '../../data/file-problem.ts';
import { defaultConcurrency, runPool } from '../../data/run-pool.ts';
import type { DatasetEdit } from '../../store/dataset-edits.ts';
import { sha256OfFile } from '../../zoo/file-hash.ts';
import type { DatasetPictures } from '../datasets/dataset-pictures.ts';
import type { CommandHandler } from './command-handler.ts';

type PictureContent = DatasetEdit['pictures'][number];

/** A change by hand, kept in the workspace: the folder is not touched. What changes nothing is no step to undo. */
export const editPictures: CommandHandler<'editPictures'> = async ({ datasets }, { dataset, paths, change }) => {
  const id = datasets.idOf(dataset);
  const pictures = datasets.pictures(id);
  const { classes, labels, leftOut } = pictures.overlay;
  if (change.kind === 'move' && change.label >= classes.length)
    throw new AnnealError('dataset.unknownClass', { received: change.label, classes });
  const differs = (index: number): boolean =>
    change.kind === 'move' ? labels[index] !== change.label : (leftOut[index] === 1) !== change.leftOut;
  const changing = indicesOf(pictures, paths).filter(differs);
  if (changing.length === 0) return datasets.summary(id);
  const contents = await contentsOf(pictures, changing);
  return change.kind === 'move'
    ? datasets.edit(id, { kind: 'move', to: classes[change.label]!, pictures: contents })
    : datasets.edit(id, { kind: 'leaveOut', leftOut: change.leftOut, pictures: contents });
};

/** While the folder is first read, contents are looked up here: the change must mean the file that it was made for. */
async function contentsOf({ scan }: DatasetPictures, indices: readonly number[]): Promise<PictureContent[]> {
  const contents = indices.map((index) => ({ path: scan.pictures[index]!.path, sha256: scan.pictures[index]!.sha256 }));
  await runPool(contents.length, defaultConcurrency, async (at) => {
    const content = contents[at]!;
    if (content.sha256 !== '') return;
    try {
      content.sha256 = await sha256OfFile(join(scan.root, content.path));
    } catch (error) {
      const { code, params } = asProblem(error);
      throw new AnnealError(code, params, { cause: error });
    }
  });
  return contents;
}

/** Each once. @throws dataset.unknownPicture */
function indicesOf(pictures: DatasetPictures, paths: readonly string[]): number[] {
  return [...new Set(paths)].map((path) => {
    const index = pictures.indexOf(path);
    if (index < 0) throw new AnnealError('dataset.unknownPicture', { path });
    return index;
  });
}

export const undoEdit: CommandHandler<'undoEdit'> = async ({ datasets }, { dataset }) =>
  datasets.step(datasets.idOf(dataset), 'undo');

export const redoEdit: CommandHandler<'redoEdit'> = async ({ datasets }, { dataset }) =>
  datasets.step(datasets.idOf(dataset), 'redo');
