import * as v from 'valibot';
import type { EvaluationReport, ExportReport, PredictionReport, Progress, RuntimeReport } from './lane-job.ts';
import type { Dataset } from './dataset.ts';
import type { RunRecord, RunSummary, StoredEvent } from './run-record.ts';
import type { ZooEntry } from './zoo-entry.ts';
import { presetNames } from './train-config.ts';

const text = v.pipe(v.string(), v.minLength(1));
const run = v.strictObject({ run: text });

/**
 * Every command that a front may send, with the shape of its input. `run` is a run's id, an unambiguous beginning of it, or
 * 'last'; `model` is a run or the path of a bundle; paths are absolute.
 */
export const commandInputs = {
  inspect: v.strictObject({ folder: text }),
  resolveConfig: v.strictObject({
    preset: v.optional(v.picklist(presetNames)),
    /** The content of a configuration file; checked key by key. */
    config: v.optional(v.record(v.string(), v.unknown())),
    /** 'key=value', keys with dots, values JSON or bare words. Wins over `config`, which wins over `preset`. */
    set: v.optional(v.array(v.string())),
  }),
  startRun: v.strictObject({
    folder: text,
    preset: v.optional(v.picklist(presetNames)),
    config: v.optional(v.record(v.string(), v.unknown())),
    set: v.optional(v.array(v.string())),
    name: v.optional(v.string()),
  }),
  resumeRun: run,
  pauseRun: run,
  continueRun: run,
  cancelRun: run,
  listRuns: v.strictObject({}),
  showRun: run,
  deleteRun: run,
  pinRun: v.strictObject({ run: text, pinned: v.boolean() }),
  evaluate: v.strictObject({ model: text, folder: text }),
  predict: v.strictObject({ model: text, paths: v.pipe(v.array(text), v.minLength(1)) }),
  exportRun: v.strictObject({
    run: text,
    format: v.picklist(['bundle', 'savedmodel']),
    path: text,
    anySize: v.optional(v.boolean(), false),
  }),
  zooList: v.strictObject({}),
  zooPull: v.strictObject({ name: text }),
  doctor: v.strictObject({}),
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
  deleteRun: null;
  pinRun: null;
  evaluate: EvaluationReport;
  predict: PredictionReport;
  exportRun: ExportReport;
  zooList: readonly ZooEntry[];
  zooPull: ZooEntry;
  doctor: DoctorReport;
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
