import { AnnealError } from '../base/errors.ts';
import type { CommandName } from '../protocol/engine-api.ts';
import type { AllowedFolders } from './allowed-folders.ts';
import { staysWithin } from './inside.ts';

/**
 * What a field of a command's input names. `read`: a file or folder that is there; `write`: one that shall be; `model`: a run or
 * the path of a bundle; `within`: a picture of a dataset, relative to its folder. A field may hold one text or a list.
 */
type Kind = 'read' | 'write' | 'model' | 'within';

/**
 * Every command with its fields that name files, dots for the way down. A command without its line does not compile: whoever adds
 * one says here what a page in a browser may reach through it.
 */
export const pathFields: { readonly [C in CommandName]: Readonly<Record<string, Kind>> } = {
  inspect: { folder: 'read' },
  startRun: { folder: 'read' },
  evaluate: { model: 'model', folder: 'read' },
  predict: { model: 'model', paths: 'read' },
  exportRun: { path: 'write' },
  zooImport: { path: 'read' },
  openDataset: { folder: 'read' },
  locateDataset: { folder: 'read' },
  listPictures: { paths: 'within' },
  editPictures: { paths: 'within' },
  previewPictures: { paths: 'within' },
  applyToFolder: { 'moves.from': 'within', 'moves.to': 'within' },
  classify: { model: 'model', 'picture.path': 'read' },

  resolveConfig: {},
  resumeRun: {},
  pauseRun: {},
  continueRun: {},
  cancelRun: {},
  listRuns: {},
  showRun: {},
  deleteRun: {},
  pinRun: {},
  zooList: {},
  zooPull: {},
  zooRemove: {},
  zooMeasure: {},
  doctor: {},
  setupRuntime: {},
  clearCache: {},
  openSample: {},
  recentDatasets: {},
  hideDataset: {},
  showDataset: {},
  listProblems: {},
  datasetSeries: {},
  undoEdit: {},
  redoEdit: {},
  folderChanges: {},
  checkDataset: {},
  planFolderMoves: {},
  proposeTraining: {},
  planTraining: {},
  renameRun: {},
  noteRun: {},
  discardRun: {},
  restoreRun: {},
  compareRuns: {},
  judgeEnsemble: {},
  selectGreedily: {},
  listCell: {},
  fixEnsemble: {},
  openTestSet: {},
  computePredictions: {},
  listExports: {},
  describeModel: {},
};

/** The folders that a browser's commands may read from, and those that they may write to. */
export interface Reach {
  readonly read: AllowedFolders;
  readonly write: AllowedFolders;
}

/**
 * The input of a command with every path in it checked and free of links. What has another shape than expected stays as it is:
 * the command's schema refuses it. @throws host.notAllowed, host.exists, host.badRelativePath
 */
export async function guardPaths(command: CommandName, input: unknown, reach: Reach): Promise<unknown> {
  let guarded = input;
  for (const [field, kind] of Object.entries(pathFields[command])) {
    guarded = await replaceAt(guarded, field.split('.'), (text) => guardOne(text, kind, reach));
  }
  return guarded;
}

/** Names of runs: nothing in them leads anywhere. */
const runName = /^[\w-]+$/;

async function guardOne(text: string, kind: Kind, reach: Reach): Promise<string> {
  if (kind === 'write') return reach.write.free(text);
  if (kind === 'read') return reach.read.existing(text);
  if (kind === 'model') return runName.test(text) ? text : reach.read.existing(text);
  if (!staysWithin(text)) throw new AnnealError('host.badRelativePath', { path: text });
  return text;
}

/** A copy with every text at the end of `way` replaced; lists on the way are walked through. */
async function replaceAt(
  value: unknown,
  way: readonly string[],
  replace: (text: string) => Promise<string>,
): Promise<unknown> {
  if (Array.isArray(value)) {
    const replaced: unknown[] = [];
    for (const element of value) replaced.push(await replaceAt(element, way, replace));
    return replaced;
  }
  const [name, ...rest] = way;
  if (name === undefined) return typeof value === 'string' ? replace(value) : value;
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return value;
  const inner = await replaceAt((value as Record<string, unknown>)[name], rest, replace);
  return { ...value, [name]: inner };
}
