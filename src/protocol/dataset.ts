import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';

/** Plain records that describe a scanned folder. Persisted; `formatVersion` is raised with each change of shape. */
export type SplitName = 'train' | 'validation' | 'test';

/** A copy, exact or near; names that count; times of capture; what a list or a pattern says. */
export const groupReasons = ['copy', 'name', 'time', 'given'] as const;
export type GroupReason = (typeof groupReasons)[number];

export interface Picture {
  /** Path relative to the dataset's root, '/'-separated. */
  readonly path: string;
  /** Index into `Dataset.classes`. */
  readonly label: number;
  /** sha256 of the file's bytes, hex. */
  readonly sha256: string;
  /** Size in pixels after EXIF rotation. */
  readonly width: number;
  readonly height: number;
  /** Real type by content, for example 'jpeg'. */
  readonly format: string;
  /** Pictures with equal numbers belong together and never sit on both sides of a split. */
  readonly group: number;
  /** Why it shares its group with others; absent where it has it for itself. */
  readonly why?: GroupReason;
  /** Role given by the folder's own layout, if it has one. */
  readonly given: SplitName | null;
  readonly bytes: number;
  readonly modifiedMs: number;
  /** True where EXIF asks to turn or mirror the stored pixels; `width` and `height` are as shown. */
  readonly turned?: boolean;
}

/** A file that was left out, and why; `code` and `params` are words in messages/. */
export const problemSchema = v.object({
  path: v.string(),
  code: v.string(),
  params: v.record(v.string(), v.union([v.string(), v.number()])),
});
export type Problem = Immutable<v.InferOutput<typeof problemSchema>>;

/** Two pictures of one group, to be shown side by side. */
export interface SeriesPair {
  /** Paths relative to the root. */
  readonly a: string;
  readonly b: string;
  readonly why: GroupReason;
  /** From 0 to 1: share of the brightness edges that agree. */
  readonly similarity: number;
}

export interface Dataset {
  readonly formatVersion: 2;
  readonly root: string;
  /** Class names in natural order; a label is an index into it. */
  readonly classes: readonly string[];
  readonly pictures: readonly Picture[];
  readonly problems: readonly Problem[];
  /** The strongest of the largest groups, a few each. */
  readonly pairs: readonly SeriesPair[];
  /**
   * sha256 over classes, (path, sha256, label, given) of every picture and the groups that several share, hex: two scans that find
   * the same agree, and what a run drew from its version stays what it was.
   */
  readonly contentHash: string;
}

declare const countedIn: unique symbol;

/** Index into `Dataset.pictures`. Numbers that count other things are no such index. */
export type DatasetIndex = number & { readonly [countedIn]: 'dataset' };

/** Place of a picture among those that a run may train on: index into the run's `pool`. */
export type PoolRow = number & { readonly [countedIn]: 'pool' };

/** Disjoint; no duplicate group on both sides. */
export interface Split {
  readonly train: readonly DatasetIndex[];
  readonly validation: readonly DatasetIndex[];
  readonly test: readonly DatasetIndex[];
  /** Where each part came from: the folder itself, drawn with the seed, or absent. */
  readonly origin: Readonly<Record<SplitName, 'folder' | 'drawn' | 'none'>>;
}
