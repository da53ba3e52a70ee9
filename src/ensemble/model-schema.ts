import * as v from 'valibot';
import { netSpecSchema, preprocessingSchema } from '../models/spec-schema.ts';
import { damaged, decode, storedKind, upgrade } from '../stored/kind.ts';
import { ensembleModelVersion, type EnsembleModel } from './ensemble-model.ts';
import { secondVersion } from './upgrade-model.ts';

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

const modelKind = storedKind<EnsembleModel>('model', schema, [secondVersion]);

/** A model record that came from outside; `where` names its file in errors. @throws stored.newer, stored.damaged */
export function parseModel(text: string, where: string): EnsembleModel {
  return consistent(decode(modelKind, text, where), where);
}

/** The same for a record that is part of another file. */
export function checkModel(data: unknown, where: string): EnsembleModel {
  return consistent(upgrade(modelKind, data, where), where);
}

/** What a schema cannot say. */
function consistent(model: EnsembleModel, where: string): EnsembleModel {
  const fail = (at: string, detail: string) => damaged(modelKind.name, where, at, detail);
  if (!model.members.some(({ weight }) => weight > 0)) throw fail('members', 'no member has a weight above 0');
  for (const [index, { spec: own }] of model.members.entries()) {
    if (own && model.trunk)
      throw fail(`members.${index}.spec`, 'a member on a shared trunk has the network of the model');
  }
  for (const spec of [model.spec, ...model.members.flatMap((member) => member.spec ?? [])]) {
    if (spec.classes !== model.labels.length)
      throw fail('spec.classes', `${spec.classes} outputs for ${model.labels.length} labels`);
  }
  return model;
}
