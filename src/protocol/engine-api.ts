import * as v from 'valibot';
import type { EvaluationReport, ExportReport, PredictionReport, Progress, RuntimeReport } from './lane-job.ts';
import type { DatasetSeries } from './dataset-series.ts';
import type { Dataset, Problem } from './dataset.ts';
import { formatKeys } from './formats/index.ts';
import type {
  DatasetSummary,
  FolderChanges,
  PicturePage,
  PlannedMove,
  PreviewReport,
  RecentDataset,
} from './dataset-view.ts';
import type {
  ChosenMember,
  ClassifyReport,
  EnsembleView,
  GreedySelection,
  JudgedPicture,
  TestSeal,
} from './ensemble-view.ts';
import type { ModelCard } from './model-card.ts';
import type { RunComparison } from './run-comparison.ts';
import type { TrainPlan, TrainProposal } from './train-plan.ts';
import type { RunRecord, RunSummary, StoredEvent } from './run-record.ts';
import type { ZooEntry } from './zoo-entry.ts';
import { presetNames } from '../settings/preset-names.ts';
import { count as index } from './schemas.ts';
import { runPurposes } from './train-job.ts';

const text = v.pipe(v.string(), v.minLength(1));
const run = v.strictObject({ run: text });
/** A configuration in part or whole; checked key by key. */
const settings = v.record(v.string(), v.unknown());
/** With the temperature that was chosen in training; off: probabilities as the networks give them. */
const calibrated = v.optional(v.boolean(), true);
const configSources = {
  preset: v.optional(v.picklist(presetNames)),
  /** The content of a configuration file. */
  config: v.optional(settings),
  /** 'key=value', keys with dots, values JSON or bare words. Wins over `config`, which wins over `preset`. */
  set: v.optional(v.array(v.string())),
};
const chosenMembers = v.pipe(
  v.array(v.strictObject({ name: text, weight: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)) })),
  v.minLength(1),
);

/**
 * Every command that a front may send, with the shape of its input. `run` is a run's id, an unambiguous beginning of it, or
 * 'last'; `model` is a run or the path of a bundle; paths are absolute.
 */
export const commandInputs = {
  inspect: v.strictObject({ folder: text }),
  resolveConfig: v.strictObject(configSources),
  startRun: v.strictObject({
    ...configSources,
    folder: text,
    name: v.optional(v.string()),
    purpose: v.optional(v.picklist(runPurposes), 'run'),
  }),
  resumeRun: run,
  pauseRun: run,
  continueRun: run,
  cancelRun: run,
  listRuns: v.strictObject({}),
  showRun: run,
  deleteRun: run,
  pinRun: v.strictObject({ run: text, pinned: v.boolean() }),
  evaluate: v.strictObject({ model: text, folder: text, calibrated }),
  predict: v.strictObject({ model: text, paths: v.pipe(v.array(text), v.minLength(1)), calibrated }),
  /** Progress: 'export' while it is written, 'verify' 0 of 2 while it is loaded again, 1 of 2 while answers are compared. */
  exportRun: v.strictObject({
    run: text,
    format: v.picklist(formatKeys),
    path: text,
    /** Switches of the format, by name; off unless given. */
    options: v.optional(v.record(v.string(), v.boolean()), {}),
    calibrated,
  }),
  zooList: v.strictObject({ dataset: v.optional(text) }),
  zooPull: v.strictObject({ name: text }),
  /** A weights file of the user's own; its kind is recognised by its content. */
  zooImport: v.strictObject({ path: text, name: v.optional(text) }),
  zooRemove: v.strictObject({ name: text }),
  zooMeasure: v.strictObject({ name: text }),
  doctor: v.strictObject({}),
  setupRuntime: v.strictObject({}),
  clearCache: v.strictObject({}),

  openDataset: v.strictObject({ folder: text }),
  /** Draws the sample pictures into the workspace where they are not there yet, and opens them. */
  openSample: v.strictObject({}),
  recentDatasets: v.strictObject({}),
  /** Takes a folder out of the list of recent ones, or puts it back. Never touches the folder. */
  hideDataset: v.strictObject({ dataset: text, hidden: v.boolean() }),
  /** Points a dataset whose folder was moved to where it is now. */
  locateDataset: v.strictObject({ dataset: text, folder: text }),
  showDataset: v.strictObject({ dataset: text }),
  listPictures: v.strictObject({
    dataset: text,
    label: v.optional(v.nullable(index), null),
    role: v.optional(v.nullable(v.picklist(['train', 'validation', 'test', 'leftOut'])), null),
    show: v.optional(v.picklist(['all', 'moved', 'added']), 'all'),
    /** Only these. */
    paths: v.optional(v.array(text)),
    /** Only those that a figure of the statistics counts: none that is left out. `from <= value < to`, the last bar up to its end. */
    where: v.optional(
      v.nullable(
        v.variant('kind', [
          v.strictObject({
            kind: v.literal('range'),
            of: v.picklist(['shorterSide', 'aspect', 'bytes']),
            from: v.number(),
            to: v.number(),
          }),
          v.strictObject({ kind: v.literal('format'), format: text }),
          v.strictObject({ kind: v.literal('turned') }),
          v.strictObject({ kind: v.literal('copies') }),
        ]),
      ),
      null,
    ),
    sort: v.optional(v.picklist(['name', 'size', 'bytes', 'added']), 'name'),
    offset: v.optional(index, 0),
    limit: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1000)), 200),
  }),
  listProblems: v.strictObject({ dataset: text }),
  /** `version`: number of a stored version of a dataset, as runs have it. */
  datasetSeries: v.strictObject({ version: index }),
  editPictures: v.strictObject({
    dataset: text,
    paths: v.pipe(v.array(text), v.minLength(1)),
    change: v.variant('kind', [
      v.strictObject({ kind: v.literal('move'), label: index }),
      v.strictObject({ kind: v.literal('leaveOut'), leftOut: v.boolean() }),
    ]),
  }),
  undoEdit: v.strictObject({ dataset: text }),
  redoEdit: v.strictObject({ dataset: text }),
  /** Cheap: names, sizes and times only. */
  folderChanges: v.strictObject({ dataset: text }),
  checkDataset: v.strictObject({ dataset: text }),
  /** Which files `applyToFolder` would move. */
  planFolderMoves: v.strictObject({ dataset: text }),
  applyToFolder: v.strictObject({ dataset: text, moves: v.array(v.strictObject({ from: text, to: text })) }),
  previewPictures: v.strictObject({
    dataset: text,
    paths: v.pipe(v.array(text), v.minLength(1), v.maxLength(64)),
    config: v.optional(settings),
    draws: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(12)), 6),
    seed: v.optional(index, 0),
  }),

  proposeTraining: v.strictObject({ dataset: text, backbone: v.optional(text) }),
  planTraining: v.strictObject({ dataset: text, preset: configSources.preset, config: configSources.config }),

  renameRun: v.strictObject({ run: text, name: text }),
  noteRun: v.strictObject({ run: text, note: v.string() }),
  /** Hidden at once, its files freed when the workspace is next tidied: `restoreRun` brings it back until then. */
  discardRun: run,
  restoreRun: run,
  compareRuns: v.strictObject({ first: text, second: text }),

  judgeEnsemble: v.strictObject({ run: text, members: v.optional(chosenMembers) }),
  selectGreedily: run,
  /** Pictures of one cell of the confusion matrix. */
  listCell: v.strictObject({ run: text, members: chosenMembers, label: index, predicted: index }),
  fixEnsemble: v.strictObject({ run: text, members: chosenMembers }),
  openTestSet: run,
  /** Judges the validation pictures again where the stored probabilities have gone. */
  computePredictions: run,
  /** One picture: a file, or its bytes in base64 from the clipboard or the camera. */
  classify: v.strictObject({
    model: text,
    members: v.optional(chosenMembers),
    picture: v.union([
      v.strictObject({ path: text }),
      v.strictObject({ name: text, base64: v.pipe(v.string(), v.maxLength(40_000_000)) }),
    ]),
  }),
  listExports: run,
  /** What a model card says of a run, with the members that are fixed for it. */
  describeModel: run,
};

export type CommandName = keyof typeof commandInputs;
export type CommandInput<C extends CommandName> = v.InferInput<(typeof commandInputs)[C]>;
export type ParsedInput<C extends CommandName> = v.InferOutput<(typeof commandInputs)[C]>;

export interface CommandResults {
  inspect: Dataset;
  resolveConfig: RunRecord['config'];
  /** Returns once the run is stored; what follows is told by its events. */
  startRun: { readonly runId: string };
  resumeRun: { readonly runId: string };
  pauseRun: null;
  continueRun: null;
  /** The checkpoint is kept: a cancelled run can be resumed. */
  cancelRun: null;
  listRuns: readonly RunSummary[];
  showRun: RunRecord;
  /** Its whole id. Like pinning, it reads no file of the run, so that a damaged one can be deleted. */
  deleteRun: { readonly runId: string };
  pinRun: { readonly runId: string };
  evaluate: EvaluationReport;
  predict: PredictionReport;
  exportRun: ExportReport;
  zooList: readonly ZooEntry[];
  zooPull: ZooEntry;
  zooImport: ZooEntry;
  zooRemove: null;
  zooMeasure: ZooEntry;
  doctor: DoctorReport;
  setupRuntime: RuntimeReport;
  /** Bytes freed. */
  clearCache: { readonly bytes: number };

  openDataset: DatasetSummary;
  openSample: DatasetSummary;
  recentDatasets: readonly RecentDataset[];
  hideDataset: null;
  locateDataset: DatasetSummary;
  showDataset: DatasetSummary;
  listPictures: PicturePage;
  listProblems: readonly Problem[];
  datasetSeries: readonly DatasetSeries[];
  editPictures: DatasetSummary;
  undoEdit: DatasetSummary;
  redoEdit: DatasetSummary;
  folderChanges: FolderChanges;
  checkDataset: DatasetSummary;
  planFolderMoves: readonly PlannedMove[];
  applyToFolder: DatasetSummary;
  previewPictures: PreviewReport;

  proposeTraining: TrainProposal;
  planTraining: TrainPlan;

  renameRun: null;
  noteRun: null;
  discardRun: null;
  restoreRun: null;
  compareRuns: RunComparison;

  judgeEnsemble: EnsembleView;
  selectGreedily: GreedySelection;
  listCell: readonly JudgedPicture[];
  fixEnsemble: null;
  openTestSet: TestSeal;
  computePredictions: null;
  classify: ClassifyReport;
  listExports: readonly StoredExport[];
  describeModel: ModelCard;
}

/** An export made before. */
export interface StoredExport extends ExportReport {
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  /** Members that it averages. */
  readonly members: readonly ChosenMember[];
  /** The file is still there. */
  readonly present: boolean;
}

/** What accompanies a call: progress on the way, and a way to give up. */
export interface CallHooks {
  readonly progress?: (progress: Progress) => void;
  readonly signal?: AbortSignal;
}

export type Commands = {
  readonly [C in CommandName]: (input: CommandInput<C>, hooks?: CallHooks) => Promise<CommandResults[C]>;
};

/** The one contract of all fronts: window, browser, terminal. Errors are `AnnealError`. */
export interface EngineApi extends Commands {
  /** All stored events of a run with `seq >= from`, then those that follow, in order, each once. Returns the way to end it. */
  subscribe(
    input: { readonly runId: string; readonly from: number },
    listener: (event: StoredEvent) => void,
  ): () => void;
  /** Tells when a list is no longer what it was, through whichever front or process: fetch it again. */
  watch(listener: (change: WorkspaceChange) => void): () => void;
}

/** `id` names what changed, where it is one thing. */
export interface WorkspaceChange {
  readonly what: 'runs' | 'datasets' | 'zoo';
  readonly id: string | null;
}

export interface DoctorReport {
  readonly node: string;
  readonly platform: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly runtime: RuntimeReport;
  readonly workspace: string;
  /** Folders with their size. */
  readonly folders: readonly { readonly purpose: string; readonly path: string; readonly bytes: number }[];
  readonly databaseVersion: number;
  readonly backbones: readonly string[];
}
