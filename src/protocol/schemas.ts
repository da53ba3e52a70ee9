import * as v from 'valibot';
import type { ErrorData, ErrorParams } from '../base/errors.ts';
import type { FailureData } from '../base/failure.ts';

/** Pieces of records. */

export const count = v.pipe(v.number(), v.integer(), v.minValue(0));
export const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** What was no finite number is null in JSON. */
export const measured = v.union([
  v.number(),
  v.pipe(
    v.null(),
    v.transform(() => NaN),
  ),
]);

const params = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean(), v.array(v.string()), v.null()]),
) satisfies v.GenericSchema<unknown, ErrorParams>;

export const errorSchema = v.object({ code: v.string(), params }) satisfies v.GenericSchema<unknown, ErrorData>;

export const failureSchema = v.object({
  ...errorSchema.entries,
  kind: v.picklist(['input', 'failure']),
}) satisfies v.GenericSchema<unknown, FailureData>;
