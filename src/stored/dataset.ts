import * as v from 'valibot';
import { problemSchema, type Dataset, type Picture } from '../protocol/dataset.ts';
import { storedKind } from './kind.ts';

/** By hand, since a folder may hold a hundred thousand: a schema of objects would take longer than parsing the JSON. */
function isPicture(raw: unknown): boolean {
  if (typeof raw !== 'object' || raw === null) return false;
  const { path, label, sha256, width, height, format, group, given, bytes, modifiedMs, turned } = raw as Record<
    keyof Picture,
    unknown
  >;
  return (
    [path, sha256, format].every((value) => typeof value === 'string') &&
    [label, width, height, group, bytes, modifiedMs].every((value) => typeof value === 'number') &&
    (given === null || given === 'train' || given === 'validation' || given === 'test') &&
    (turned === undefined || typeof turned === 'boolean')
  );
}

/** A scanned folder: a file in the workspace's `datasets`. */
export const datasetKind = storedKind<Dataset>(
  'dataset',
  v.object({
    formatVersion: v.literal(1),
    root: v.string(),
    classes: v.array(v.string()),
    pictures: v.custom<readonly Picture[]>((raw) => Array.isArray(raw) && raw.every(isPicture)),
    problems: v.array(problemSchema),
    contentHash: v.string(),
  }),
);

/** Paths relative to a dataset's root. */
export const pathsKind = storedKind('paths', v.array(v.string()));
