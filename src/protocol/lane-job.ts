import * as v from 'valibot';
import type { FailureData } from '../base/failure.ts';
import type { Immutable } from '../base/immutable.ts';
import type { Accuracy } from './accuracy.ts';
import type { Dataset, Problem } from './dataset.ts';
import type { ExportFormat } from './formats/index.ts';
import type { Figures } from './figures.ts';
import type { PreviewReport } from './dataset-view.ts';
import type { ModelCard, RunFacts } from './model-card.ts';
import type { Preprocessing } from './preprocessing.ts';
import type { RunEvent, RunPhase, RunResult } from './run-event.ts';
import type { Verdict } from './verdict.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { ChosenMember, ClassifyReport } from './ensemble-view.ts';
import type { BackboneFile, TrainJob } from './train-job.ts';

/** Members to average in place of those that training chose, with what is known of them for the model's card. */
export interface ChosenForUse {
  readonly members: readonly ChosenMember[];
  readonly ensemble: Accuracy | null;
  readonly test: Accuracy | null;
}

/** A trained model: a run of this workspace, or an exported bundle anywhere. Absolute paths. */
export type ModelRef =
  | ({ readonly kind: 'run'; readonly runId: string; readonly folder: string } & ModelUse)
  | ({ readonly kind: 'bundle'; readonly path: string } & ModelUse);

/** How it is used. */
interface ModelUse {
  readonly chosen?: ChosenForUse;
  /** Its probabilities as the networks give them, without its temperature. */
  readonly uncalibrated?: true;
}

export type LaneJob =
  /** `cache`: folder for what is kept between scans. */
  | {
      readonly kind: 'scan';
      readonly root: string;
      readonly cache: string;
      /** A folder with a single class is a dataset too, though nothing to train on. */
      readonly oneClass?: boolean;
    }
  /** Draws the sample pictures; the folder appears when all are there. */
  | { readonly kind: 'drawSample'; readonly folder: string }
  | { readonly kind: 'train'; readonly train: TrainJob }
  | {
      readonly kind: 'evaluate';
      readonly model: ModelRef;
      readonly dataset: Dataset;
      readonly threads: number | null;
    }
  /** `pictures`: absolute paths. */
  | {
      readonly kind: 'predict';
      readonly model: ModelRef;
      readonly pictures: readonly string[];
      readonly threads: number | null;
    }
  | {
      readonly kind: 'export';
      readonly model: ModelRef;
      readonly format: ExportFormat;
      readonly path: string;
      /** Switches of the format, by name. */
      readonly options: Readonly<Record<string, boolean>>;
      /** For the card that goes with it. */
      readonly run: RunFacts;
      /** Real pictures for running the export back, absolute paths. */
      readonly pictures: readonly string[];
      readonly threads: number | null;
    }
  | {
      readonly kind: 'preview';
      /** `path` as the answer names it, `file` absolute. */
      readonly pictures: readonly { readonly path: string; readonly file: string }[];
      readonly preprocessing: Preprocessing;
      /** Where mean and standard deviation come from the training pictures: absolute paths of a sample of them; else empty. */
      readonly measured: readonly string[];
      readonly augment: TrainConfig['augment'];
      readonly draws: number;
      readonly seed: number;
      readonly threads: number | null;
    }
  /** As predict, but tells what every averaged member predicts. */
  | {
      readonly kind: 'judge';
      readonly model: ModelRef;
      readonly pictures: readonly string[];
      readonly threads: number | null;
    }
  /** One picture, at once: the model stays ready for the next. */
  | {
      readonly kind: 'classify';
      readonly model: ModelRef;
      readonly picture: { readonly path: string } | { readonly name: string; readonly bytes: Uint8Array };
      readonly threads: number | null;
    }
  /** What a card says of a model; reads no weights. */
  | { readonly kind: 'describe'; readonly model: ModelRef; readonly run: RunFacts }
  /** How fast pictures go through a frozen backbone. */
  | { readonly kind: 'measure'; readonly backbone: BackboneFile; readonly threads: number | null }
  | { readonly kind: 'doctor'; readonly threads: number | null };

export type LaneJobKind = LaneJob['kind'];
export type LaneJobOf<K extends LaneJobKind> = Extract<LaneJob, { kind: K }>;

export interface LaneResults {
  scan: Dataset;
  drawSample: null;
  train: RunResult;
  evaluate: EvaluationReport;
  predict: PredictionReport;
  export: ExportReport;
  judge: MemberPredictions;
  classify: ClassifyReport;
  describe: ModelCard;
  measure: SpeedReport;
  preview: Omit<PreviewReport, 'backbone'>;
  doctor: RuntimeReport;
}

export interface EvaluationReport {
  readonly classes: readonly string[];
  /** Of the averaged ensemble. `split` is 'test': a folder given by hand was not seen in training, as far as is known. */
  readonly ensemble: Accuracy;
  readonly members: readonly { readonly name: string; readonly accuracy: Accuracy }[];
  /** Of the ensemble; null where no picture could be read. */
  readonly figures: Figures | null;
  readonly verdicts: readonly Verdict[];
  /** Rows: true class; columns: predicted class; pictures. */
  readonly confusion: readonly (readonly number[])[];
  readonly problems: readonly Problem[];
}

export interface PredictionReport {
  readonly classes: readonly string[];
  /** In the order asked for; unreadable pictures are only in `problems`. */
  readonly predictions: readonly {
    readonly path: string;
    readonly label: string;
    readonly probability: number;
    /** One for each class, in the order of `classes`. */
    readonly probabilities: readonly number[];
  }[];
  readonly problems: readonly Problem[];
}

/** Predictions of the members of a model for pictures. */
export interface MemberPredictions {
  readonly members: readonly {
    readonly name: string;
    /** float32 [pictures, classes]; rows of unreadable pictures are 0. */
    readonly probabilities: Float32Array;
    /** Of the layers that it shares with no other, a picture; decoding left out. */
    readonly milliseconds: number;
  }[];
  /** Of the layers that all members share, a picture. */
  readonly trunkMilliseconds: number;
  readonly problems: readonly Problem[];
}

export interface SpeedReport {
  readonly inputSize: number;
  /** Of one picture through the network up to its pooled feature. */
  readonly multiplyAdds: number;
  /** Median of several batches. */
  readonly picturesPerSecond: number;
}

export interface ExportReport {
  readonly format: ExportFormat;
  readonly path: string;
  readonly bytes: number;
  /** Of a file; of a folder that of the sorted lines `<sha256>  <path>` of its files. */
  readonly sha256: string;
  readonly verification: Verification;
}

/** An export was loaded again and run on so many real pictures. */
export const verificationSchema = v.object({
  pictures: v.number(),
  /** Largest difference of any probability. */
  largestDifference: v.number(),
  /** Share of pictures with equal first choice. */
  sameFirstChoice: v.number(),
  /** Largest difference of each picture, in the order they were run. */
  differences: v.array(v.number()),
  /** Above this no export is left; null where the export resizes by itself and equal first choices decide. */
  tolerance: v.nullable(v.number()),
});
export type Verification = Immutable<v.InferOutput<typeof verificationSchema>>;

export interface RuntimeReport {
  /** 'native' or 'wasm', with its version; null with a reason where none works. */
  readonly backend: string | null;
  readonly version: string | null;
  readonly reason: FailureData | null;
  readonly devices: readonly string[];
  readonly threads: number;
  /** Milliseconds of one compiled training step of a small network, median of a few; null when it could not run. */
  readonly testStepMilliseconds: number | null;
}

/** How far a piece of work is; `total` 0 while unknown. */
export interface Progress {
  readonly phase: RunPhase | 'download' | 'setup' | 'verify' | 'measure';
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
  /** While a folder is scanned: classes so far with a few of their pictures (paths relative to the root). */
  readonly classes?: readonly {
    readonly name: string;
    readonly pictures: number;
    readonly samples: readonly string[];
  }[];
  /** While the runtime is set up: what is being done. */
  readonly doing?: 'wait' | 'download' | 'unpack' | 'build';
  /** The dataset's number as soon as it has one, so that thumbnails can be asked for. */
  readonly dataset?: string;
}

export type ToLane =
  | { readonly type: 'job'; readonly id: number; readonly job: LaneJob }
  | { readonly type: 'control'; readonly id: number; readonly control: 'go' | 'pause' | 'stop' };

export type FromLane =
  | { readonly type: 'event'; readonly id: number; readonly event: RunEvent }
  | { readonly type: 'progress'; readonly id: number; readonly progress: Progress }
  | { readonly type: 'done'; readonly id: number; readonly result: LaneResults[LaneJobKind] }
  /** Stopped on request; a checkpoint was kept where the job has one. */
  | { readonly type: 'stopped'; readonly id: number }
  | { readonly type: 'failed'; readonly id: number; readonly error: FailureData };
