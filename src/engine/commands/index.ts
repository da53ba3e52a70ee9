import type { CommandName } from '../../protocol/engine-api.ts';
import { resolveConfig } from '../../settings/resolve-config.ts';
import type { CommandHandler } from './command-handler.ts';
import { applyToFolder, checkDataset, folderChanges, locateDataset, planFolderMoves } from './dataset-folder.ts';
import {
  hideDataset,
  listPictures,
  listProblems,
  openDataset,
  openSample,
  recentDatasets,
  showDataset,
} from './datasets.ts';
import { classify } from './classify.ts';
import { doctor } from './doctor.ts';
import { editPictures, redoEdit, undoEdit } from './edit-pictures.ts';
import { compareRuns } from './compare-runs.ts';
import { computePredictions, fixEnsemble, judgeEnsemble, listCell, openTestSet, selectGreedily } from './ensemble.ts';
import { evaluate } from './evaluate.ts';
import { describeModel, exportRun, listExports } from './export-run.ts';
import { inspect } from './inspect.ts';
import { deleteRun, discardRun, listRuns, noteRun, pinRun, renameRun, restoreRun, showRun } from './manage-runs.ts';
import { planTraining, proposeTraining } from './plan.ts';
import { predict } from './predict.ts';
import { previewPictures } from './preview-pictures.ts';
import { startRun } from './start-run.ts';
import { cancelRun, continueRun, pauseRun, resumeRun } from './steer-runs.ts';
import { clearCache, setupRuntime } from './runtime.ts';
import { zooImport, zooList, zooMeasure, zooPull, zooRemove } from './zoo.ts';

/** Every command has its handler: one missing does not compile. */
export const commandHandlers: { readonly [C in CommandName]: CommandHandler<C> } = {
  inspect,
  resolveConfig: (_context, input) => Promise.resolve(resolveConfig(input)),
  startRun,
  resumeRun,
  pauseRun,
  continueRun,
  cancelRun,
  listRuns,
  showRun,
  deleteRun,
  pinRun,
  evaluate,
  predict,
  exportRun,
  describeModel,
  zooList,
  zooPull,
  doctor,
  zooImport,
  zooRemove,
  zooMeasure,
  setupRuntime,
  clearCache,
  openDataset,
  openSample,
  recentDatasets,
  hideDataset,
  locateDataset,
  showDataset,
  listPictures,
  listProblems,
  editPictures,
  undoEdit,
  redoEdit,
  folderChanges,
  checkDataset,
  planFolderMoves,
  applyToFolder,
  previewPictures,
  proposeTraining,
  planTraining,
  renameRun,
  noteRun,
  discardRun,
  restoreRun,
  compareRuns,
  judgeEnsemble,
  selectGreedily,
  listCell,
  fixEnsemble,
  openTestSet,
  computePredictions,
  classify,
  listExports,
};
