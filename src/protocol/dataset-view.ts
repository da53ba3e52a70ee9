import type { Problem, SplitName } from './dataset.ts';

/** A part that a picture plays, as drawn with the default seed and fractions; 'leftOut' by hand. */
export type PictureRole = SplitName | 'leftOut';

export interface ClassSummary {
  /** Index into `DatasetSummary.classes`. */
  readonly label: number;
  readonly name: string;
  /** Pictures in it after moves, without those left out. */
  readonly pictures: number;
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  readonly leftOut: number;
  /** Paths of a few of its pictures, for a strip of thumbnails. */
  readonly samples: readonly string[];
}

/** A histogram of equal steps between `edges`; `edges` has one number more than `counts`. */
export interface Histogram {
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface DatasetStatisticsView {
  /** Shorter side in pixels, edges equally far apart on a logarithmic scale. */
  readonly shorterSide: Histogram;
  /** Width by height. */
  readonly aspect: Histogram;
  readonly bytes: Histogram;
  /** Pictures whose shorter side is below 224 px. */
  readonly smallerThanInput: number;
  /** Pictures by real type. */
  readonly formats: Readonly<Record<string, number>>;
  /** Exact or near copies of another picture. */
  readonly duplicates: number;
  /** Pictures that EXIF asks to turn. */
  readonly turned: number;
  readonly totalBytes: number;
}

export interface ProblemGroup {
  readonly code: string;
  readonly count: number;
  /** The first few; `listProblems` gives all. */
  readonly examples: readonly Problem[];
}

/** All that the dataset view shows but its pictures. */
export interface DatasetSummary {
  /** Number of the folder in this workspace, as text. */
  readonly dataset: string;
  /** Last part of the path. */
  readonly name: string;
  readonly root: string;
  /** False: the folder is gone; the pictures are shown from the cache. */
  readonly present: boolean;
  /** 1 for the first content seen of this folder, +1 with each other content that was scanned or trained on. */
  readonly version: number;
  /** Of the content with all changes made by hand. */
  readonly contentHash: string;
  /** Without those left out. */
  readonly pictures: number;
  readonly leftOut: number;
  readonly classes: readonly ClassSummary[];
  /** Where train, validation and test come from. */
  readonly origin: Readonly<Record<SplitName, 'folder' | 'drawn' | 'none'>>;
  readonly problems: readonly ProblemGroup[];
  readonly statistics: DatasetStatisticsView;
  /** Changes by hand that can be undone, done again. */
  readonly undo: number;
  readonly redo: number;
  /** Milliseconds since 1970. */
  readonly scannedAt: number;
  /**
   * The folder is being read. With `scannedAt` 0 for the first time: only names are known yet, `contentHash` is '', sizes of pictures
   * are 0, their `sha256` is '', roles are not drawn; they can be moved and left out all the same. `watch` tells how it goes on; `showDataset` fails when it failed.
   */
  readonly scanning: { readonly done: number; readonly total: number } | null;
  readonly lastRun: { readonly runId: string; readonly name: string; readonly accuracy: number | null } | null;
}

/** A folder in the list of recent ones. */
export interface RecentDataset {
  readonly dataset: string;
  readonly name: string;
  readonly root: string;
  readonly present: boolean;
  readonly version: number;
  readonly pictures: number;
  readonly classes: number;
  readonly openedAt: number;
  /** On the pictures that choices are made on: a list opens no test set. */
  readonly bestAccuracy: number | null;
  readonly samples: readonly string[];
}

export interface PictureRow {
  readonly path: string;
  readonly label: number;
  readonly role: PictureRole;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly format: string;
  /** Changes whenever the file's content does: part of a thumbnail's address. */
  readonly sha256: string;
  /** Class that the folder gives it, where it was moved to another. */
  readonly movedFrom: number | null;
  /** It came with this version of the dataset. */
  readonly added: boolean;
}

export interface PicturePage {
  /** Rows that match in all. */
  readonly total: number;
  readonly rows: readonly PictureRow[];
}

/** Files on disk against the last scan. */
export interface FolderChanges {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** One file that `applyToFolder` would move. Paths relative to the dataset's root. */
export interface PlannedMove {
  readonly from: string;
  readonly to: string;
}

/** What the network sees of one picture. Images are data URLs. */
export interface PicturePreview {
  readonly path: string;
  readonly width: number;
  readonly height: number;
  /** Part of the picture that is cropped for evaluation, in its own pixels. */
  readonly crop: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  /** The network's input as a picture again, inputSize squared. */
  readonly input: string;
  /** Draws of the training augmentation, inputSize squared; with `augment.mode` 'none' as `input`. */
  readonly draws: readonly string[];
}

export interface PreviewReport {
  readonly inputSize: number;
  readonly mean: readonly number[];
  readonly std: readonly number[];
  /** Zoo name that mean, std and size come from; null: a network from random weights, whose mean and std are those of the pictures. */
  readonly backbone: string | null;
  readonly previews: readonly PicturePreview[];
  readonly problems: readonly Problem[];
}
