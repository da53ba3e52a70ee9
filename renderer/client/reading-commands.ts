import type { CommandName } from '../../src/protocol/engine-api.ts';

/** Commands that change nothing, or end in the same state however often they are asked. */
const reading: ReadonlySet<CommandName> = new Set([
  'inspect',
  'resolveConfig',
  'listRuns',
  'showRun',
  'predict',
  'evaluate',
  'zooList',
  'doctor',
  'setupRuntime',
  'openDataset',
  'openSample',
  'recentDatasets',
  'showDataset',
  'listPictures',
  'listProblems',
  'folderChanges',
  'checkDataset',
  'planFolderMoves',
  'previewPictures',
  'proposeTraining',
  'planTraining',
  'compareRuns',
  'judgeEnsemble',
  'selectGreedily',
  'listCell',
  'computePredictions',
  'classify',
  'listExports',
]);

/** May be asked again where nobody knows whether the first question arrived. */
export function onlyReads(command: CommandName): boolean {
  return reading.has(command);
}
