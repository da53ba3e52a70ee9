import * as v from 'valibot';
import type { ErrorData, ErrorParams } from '../base/errors.ts';
import type { FailureData } from '../base/failure.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import type { ChosenMember, TestSeal } from '../protocol/ensemble-view.ts';
import type { RunResult } from '../protocol/run-event.ts';
import { problemSchema } from './dataset.ts';
import { storedKind } from './kind.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
/** What was no finite number is null in JSON. */
export const measured = v.union([
  v.number(),
  v.pipe(
    v.null(),
    v.transform(() => NaN),
  ),
]);

export const splitSchema = v.picklist(['train', 'validation', 'test', 'outOfFold']);

export const accuracySchema = v.object({
  accuracy: fraction,
  split: splitSchema,
  n: count,
  low: fraction,
  high: fraction,
}) satisfies v.GenericSchema<unknown, Accuracy>;

const params = v.record(
  v.string(),
  v.union([v.string(), v.number(), v.boolean(), v.array(v.string()), v.null()]),
) satisfies v.GenericSchema<unknown, ErrorParams>;

export const errorSchema = v.object({ code: v.string(), params }) satisfies v.GenericSchema<unknown, ErrorData>;

const chosenMember = v.object({
  name: v.string(),
  weight: v.pipe(v.number(), v.minValue(0)),
}) satisfies v.GenericSchema<unknown, ChosenMember>;

export const resultSchema = v.object({
  runId: v.string(),
  backbone: v.string(),
  classes: v.array(v.string()),
  members: v.array(v.object({ name: v.string(), accuracy: v.nullable(fraction), sha256: v.string() })),
  selected: v.array(chosenMember),
  ensemble: accuracySchema,
  test: v.nullable(accuracySchema),
  timings: v.objectWithRest({ total: v.number() }, v.number()),
  problems: v.array(problemSchema),
  doubtedLabels: v.array(
    v.object({ path: v.string(), label: v.string(), suggested: v.string(), probability: v.number() }),
  ),
  split: v.object({ train: count, validation: count, test: count }),
}) satisfies v.GenericSchema<unknown, RunResult>;

export const resultKind = storedKind<RunResult>('runResult', resultSchema);
export const accuracyKind = storedKind<Accuracy>('accuracy', accuracySchema);
export const chosenKind = storedKind<readonly ChosenMember[]>('chosenMembers', v.array(chosenMember));

export const failureKind = storedKind<FailureData>(
  'failure',
  v.object({ ...errorSchema.entries, kind: v.picklist(['input', 'failure']) }),
);

export const sealKind = storedKind<TestSeal>(
  'testSeal',
  v.object({ accuracy: accuracySchema, members: v.array(chosenMember), openedAt: v.number() }),
);

/** Accuracies at epoch ends. */
export const curveKind = storedKind<readonly number[]>('curve', v.array(fraction));
