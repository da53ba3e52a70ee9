import { AnnealError } from '../../base/errors.ts';
import type { DatasetPictures } from '../datasets/dataset-pictures.ts';
import type { CommandHandler } from './command-handler.ts';

/** A change by hand, kept in the workspace: the folder is not touched. What changes nothing is no step to undo. */
export const editPictures: CommandHandler<'editPictures'> = async ({ datasets }, { dataset, paths, change }) => {
  const id = datasets.idOf(dataset);
  const pictures = datasets.pictures(id);
  if (pictures.listing) throw new AnnealError('dataset.scanning', {});
  const { classes, labels, leftOut } = pictures.overlay;
  if (change.kind === 'move' && change.label >= classes.length)
    throw new AnnealError('dataset.unknownClass', { received: change.label, classes });
  const differs = (index: number): boolean =>
    change.kind === 'move' ? labels[index] !== change.label : (leftOut[index] === 1) !== change.leftOut;
  const meant = indicesOf(pictures, paths).filter(differs);
  if (meant.length === 0) return datasets.summary(id);
  const own = meant.map((index) => {
    const { path, sha256 } = pictures.scan.pictures[index]!;
    return { path, sha256 };
  });
  return change.kind === 'move'
    ? datasets.edit(id, { kind: 'move', to: classes[change.label]!, pictures: own })
    : datasets.edit(id, { kind: 'leaveOut', leftOut: change.leftOut, pictures: own });
};

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
