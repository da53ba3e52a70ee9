import * as v from 'valibot';
import type { Dataset, Picture, Problem } from '../protocol/dataset.ts';
import { storedKind } from './kind.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const split = v.picklist(['train', 'validation', 'test']);
const params = v.record(v.string(), v.union([v.string(), v.number()]));

const picture = v.object({
  path: v.string(),
  label: count,
  sha256: v.string(),
  width: count,
  height: count,
  format: v.string(),
  group: count,
  given: v.nullable(split),
  bytes: count,
  modifiedMs: v.number(),
  turned: v.exactOptional(v.boolean()),
}) satisfies v.GenericSchema<unknown, Picture>;

export const problemSchema = v.object({ path: v.string(), code: v.string(), params }) satisfies v.GenericSchema<
  unknown,
  Problem
>;

/** A scanned folder: a file in the workspace's `datasets`. */
export const datasetKind = storedKind<Dataset>(
  'dataset',
  v.object({
    formatVersion: v.literal(1),
    root: v.string(),
    classes: v.array(v.string()),
    pictures: v.array(picture),
    problems: v.array(problemSchema),
    contentHash: v.string(),
  }),
);

/** Paths relative to a dataset's root. */
export const pathsKind = storedKind('paths', v.array(v.string()));
