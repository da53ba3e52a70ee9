import * as v from 'valibot';
import { groupReasons, problemSchema, type Dataset, type Picture } from '../protocol/dataset.ts';
import { entriesOf, fieldsOf, storedKind } from './kind.ts';

/** By hand, since a folder may hold a hundred thousand: a schema of objects would take longer than parsing the JSON. */
function isPicture(raw: unknown): boolean {
  if (typeof raw !== 'object' || raw === null) return false;
  const { path, label, sha256, width, height, format, group, given, bytes, modifiedMs, turned, why } = raw as Record<
    keyof Picture,
    unknown
  >;
  return (
    [path, sha256, format].every((value) => typeof value === 'string') &&
    [label, width, height, group, bytes, modifiedMs].every((value) => typeof value === 'number') &&
    (given === null || given === 'train' || given === 'validation' || given === 'test') &&
    (turned === undefined || typeof turned === 'boolean') &&
    (why === undefined || groupReasons.some((reason) => reason === why))
  );
}

/** Before reasons were kept, only copies shared a group. */
function withReasons(raw: unknown): unknown {
  const dataset = fieldsOf(raw);
  const pictures = entriesOf(dataset['pictures']).map(fieldsOf);
  const sizes = new Map<unknown, number>();
  for (const { group } of pictures) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const explained = pictures.map((picture) =>
    sizes.get(picture['group'])! > 1 ? { ...picture, why: 'copy' } : picture,
  );
  return { ...dataset, pictures: explained, pairs: [] };
}

/** A scanned folder: a file in the workspace's `datasets`. */
export const datasetKind = storedKind<Dataset>(
  'dataset',
  v.object({
    formatVersion: v.literal(2),
    root: v.string(),
    classes: v.array(v.string()),
    pictures: v.custom<readonly Picture[]>((raw) => Array.isArray(raw) && raw.every(isPicture)),
    problems: v.array(problemSchema),
    pairs: v.array(v.object({ a: v.string(), b: v.string(), why: v.picklist(groupReasons), similarity: v.number() })),
    contentHash: v.string(),
  }),
  [withReasons],
);

/** Paths relative to a dataset's root. */
export const pathsKind = storedKind('paths', v.array(v.string()));
