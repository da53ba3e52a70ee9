import type { ErrorData } from '../base/errors.ts';
import type { Accuracy } from './accuracy.ts';
import type { PlanRecord } from './plan-record.ts';
import type { RunMember } from './run-member.ts';

export interface EnsembleReport {
  /** Names of the members averaged. */
  readonly members: readonly string[];
  readonly accuracy: Accuracy;
  /** Accuracy of the ensemble minus the mean accuracy of its members, on the same pictures. */
  readonly gainOverMean: number;
  /** Ensemble accuracy minus that of the best single member. */
  readonly gainOverBest: number;
  /** Share of pictures on which a pair of members disagrees, mean over pairs; 0 with one member. */
  readonly disagreement: number;
  readonly millisecondsPerPicture: number;
}

interface EventBase {
  readonly runId: string;
  /** 1 for the first try, +1 with each resume. */
  readonly attempt: number;
  /** Optimizer steps done in this run. */
  readonly step: number;
}

/** What a run tells; one terminal event (`runFinished | runFailed | runCancelled | runInterrupted`) an attempt. */
export type RunEvent = EventBase &
  (
    | { readonly type: 'runQueued' }
    | {
        readonly type: 'runStarted';
        /** Of the run: what it did before this training, and the training. */
        readonly totalSteps: number;
        readonly resumedFromStep: number | null;
        /** What it is about to do; null in runs from before plans were told. */
        readonly plan: PlanRecord | null;
        /** Steps of the run before the plan's first: trials on folds. */
        readonly stepsBefore: number;
      }
    /** Work before or beside steps: reading, caching, extracting. `done` of `total` in `unit`. */
    | {
        readonly type: 'phaseProgressed';
        readonly phase: RunPhase;
        readonly done: number;
        readonly total: number;
        readonly secondsLeft: number | null;
      }
    | {
        readonly type: 'stepEnded';
        /** Named numbers of the step: 'loss', 'learningRate' and what else was measured in it. What is not finite is null in JSON. */
        readonly measures: Readonly<Record<string, number | null>>;
        readonly picturesPerSecond: number;
        readonly totalSteps: number;
        readonly secondsLeft: number | null;
      }
    | {
        readonly type: 'epochEnded';
        readonly epoch: number;
        readonly totalEpochs: number;
        /** Mean training loss of the epoch, augmentation included. */
        readonly trainLoss: number;
        /** Accuracy on (a sample of) the training pictures without augmentation. */
        readonly train: Accuracy | null;
        readonly validation: Accuracy | null;
        readonly validationLoss: number | null;
        readonly residentBytes: number;
      }
    | { readonly type: 'cycleEnded'; readonly cycle: number; readonly totalCycles: number }
    | { readonly type: 'snapshotSaved'; readonly snapshot: RunMember }
    | { readonly type: 'ensembleEvaluated'; readonly report: EnsembleReport }
    | {
        readonly type: 'backboneCompared';
        readonly backbone: string;
        readonly l2: number;
        readonly accuracy: Accuracy;
        readonly chosen: boolean;
      }
    | { readonly type: 'diagnosticFound'; readonly code: string; readonly params: ErrorData['params'] }
    | { readonly type: 'checkpointSaved'; readonly epoch: number }
    | { readonly type: 'runPaused' }
    | { readonly type: 'runResumed' }
    | { readonly type: 'runFinished'; readonly result: RunResult }
    | { readonly type: 'runFailed'; readonly error: ErrorData }
    | { readonly type: 'runCancelled' }
    | { readonly type: 'runInterrupted' }
  );

export type RunPhase = 'scan' | 'cache' | 'features' | 'folds' | 'train' | 'evaluate' | 'test' | 'export';

/** What `anneal train` ends with. Accuracies are fractions. */
export interface RunResult {
  readonly runId: string;
  readonly backbone: string;
  readonly classes: readonly string[];
  readonly members: readonly { readonly name: string; readonly accuracy: number | null; readonly sha256: string }[];
  /** Names of the members that the ensemble averages, with their weight (how often greedy selection took it, or 1). */
  readonly selected: readonly { readonly name: string; readonly weight: number }[];
  readonly ensemble: Accuracy;
  readonly test: Accuracy | null;
  /** Seconds spent, by phase; `total` includes all. */
  readonly timings: Readonly<Partial<Record<RunPhase, number>>> & { readonly total: number };
  readonly problems: readonly {
    readonly path: string;
    readonly code: string;
    readonly params: Record<string, string | number>;
  }[];
  /** Pictures whose label the held-out models doubt, most doubtful first. */
  readonly doubtedLabels: readonly {
    readonly path: string;
    readonly label: string;
    readonly suggested: string;
    readonly probability: number;
  }[];
  readonly split: { readonly train: number; readonly validation: number; readonly test: number };
}
