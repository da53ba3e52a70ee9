import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { netSpecSchema, preprocessingSchema } from '../models/spec-schema.ts';
import { ensembleModelVersion, type EnsembleModel } from './ensemble-model.ts';
import { upgradeModel } from './upgrade-model.ts';

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));
const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 31));
const fraction = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
export const sha256Text = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

const accuracy = v.object({
  accuracy: fraction,
  split: v.picklist(['train', 'validation', 'test', 'outOfFold']),
  n: count,
  low: fraction,
  high: fraction,
});

/** A path that stays inside its folder: plain segments, no drive, no backslash, no dots alone. */
export const relativePath = v.pipe(
  v.string(),
  v.maxLength(400),
  v.regex(/^(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)*$/),
);
const weightsFile = {
  file: relativePath,
  sha256: sha256Text,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(2 ** 36)),
};

const schema = v.object({
  formatVersion: v.literal(ensembleModelVersion),
  name: v.pipe(v.string(), v.maxLength(1000)),
  createdAt: v.nullable(v.string()),
  labels: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(100_000)),
  preprocessing: preprocessingSchema,
  spec: netSpecSchema,
  trunk: v.nullable(v.object({ ...weightsFile, to: name })),
  members: v.pipe(
    v.array(
      v.object({
        ...weightsFile,
        name,
        weight: v.pipe(v.number(), v.minValue(0)),
        accuracy: v.nullable(accuracy),
        spec: v.exactOptional(netSpecSchema),
      }),
    ),
    v.minLength(1),
    v.maxLength(1000),
  ),
  combine: v.literal('meanProbabilities'),
  metrics: v.object({ ensemble: v.nullable(accuracy), test: v.nullable(accuracy) }),
  origin: v.object({
    backbone: v.string(),
    preset: v.string(),
    dataset: v.string(),
    trainingPictures: count,
    contentHash: v.string(),
  }),
}) satisfies v.GenericSchema<unknown, EnsembleModel>;

/**
 * Checks a model record that came from outside; `where` names its file in errors.
 * Throws `model.notJson | model.newer | model.malformed`.
 */
export function parseModel(text: string, where: string): EnsembleModel {
  return checkModel(parseJson(text, where), where);
}

/** The same for a record that is part of another file. */
export function checkModel(data: unknown, where: string): EnsembleModel {
  const model = checkRecord(schema, upgradeModel(data), ensembleModelVersion, where);
  checkConsistency(model, where);
  return model;
}

/** A persisted record of any kind against its schema; a newer `formatVersion` is told as such. */
export function checkRecord<T>(
  expected: v.GenericSchema<unknown, T>,
  data: unknown,
  version: number,
  where: string,
): T {
  const received = typeof data === 'object' && data !== null && 'formatVersion' in data ? data.formatVersion : null;
  if (typeof received === 'number' && received > version) {
    throw new AnnealError('model.newer', { where, received, expected: version });
  }
  const result = v.safeParse(expected, data);
  if (result.success) return result.output;
  const issue = result.issues[0];
  throw new AnnealError('model.malformed', { where, at: v.getDotPath(issue) ?? '', detail: issue.message });
}

export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AnnealError('model.notJson', { where });
  }
}

/** What a schema cannot say. */
function checkConsistency(model: EnsembleModel, where: string): void {
  const fail = (at: string, detail: string) => new AnnealError('model.malformed', { where, at, detail });
  if (!model.members.some(({ weight }) => weight > 0)) throw fail('members', 'no member has a weight above 0');
  for (const [index, { spec: own }] of model.members.entries()) {
    if (own && model.trunk)
      throw fail(`members.${index}.spec`, 'a member on a shared trunk has the network of the model');
  }
  for (const spec of [model.spec, ...model.members.flatMap((member) => member.spec ?? [])]) {
    if (spec.classes !== model.labels.length)
      throw fail('spec.classes', `${spec.classes} outputs for ${model.labels.length} labels`);
  }
}
