import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { netSpecSchema } from '../models/net-spec.ts';
import { temperatureRange } from '../metrics/temperature.ts';
import { accuracySchema } from '../protocol/accuracy.ts';
import { preprocessingSchema } from '../protocol/preprocessing.ts';
import { count } from '../protocol/schemas.ts';

/** Raised with every change of shape; a reader refuses a newer one. */
export const ensembleModelVersion = 3;

const name = v.pipe(v.string(), v.minLength(1), v.maxLength(1000));

/** A path that stays inside its folder: plain segments, no drive, no backslash, no dots alone. */
const relativePath = v.pipe(
  v.string(),
  v.maxLength(400),
  v.regex(/^(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)*$/),
);

/** A file of a model or bundle, by its content. */
export const fileSchema = v.object({
  /** Relative to the model's folder, '/'-separated. */
  file: relativePath,
  /** Of the whole file, hex. */
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  bytes: count,
});

/** A safetensors file. */
const weightsFile = {
  ...fileSchema.entries,
  bytes: v.pipe(v.number(), v.integer(), v.minValue(8), v.maxValue(2 ** 36)),
};
export type WeightsFile = Immutable<v.InferOutput<typeof fileSchema>>;

const memberSchema = v.object({
  ...weightsFile,
  name,
  /** Share in the mean, relative to the other members': how often greedy selection took it, or 1. 0: kept, not averaged. */
  weight: v.pipe(v.number(), v.minValue(0)),
  accuracy: v.nullable(accuracySchema),
  /** Its own network, where it is not the model's `spec`. Only without a shared trunk. */
  spec: v.exactOptional(netSpecSchema),
});
export type EnsembleMember = Immutable<v.InferOutput<typeof memberSchema>>;

/**
 * A trained ensemble as a run folder and a bundle hold it. All weights have torch's names and layouts: the trunk's file and a
 * member's file together are the state_dict of `spec`.
 *
 * With `trunk`, the layers up to and with node `to` are equal in all members and stored once; members hold the rest. That serves
 * heads fitted on frozen features (`to` is `spec.feature`) as well as snapshots fine-tuned from a frozen boundary. Without it each member is whole.
 */
export const ensembleModelSchema = v.object({
  formatVersion: v.literal(ensembleModelVersion),
  name: v.pipe(v.string(), v.maxLength(1000)),
  /** ISO 8601; null where equal runs are to give equal files. */
  createdAt: v.nullable(v.string()),
  /** Class names in the order of the outputs. */
  labels: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(100_000)),
  preprocessing: preprocessingSchema,
  spec: netSpecSchema,
  trunk: v.nullable(v.object({ ...weightsFile, to: name })),
  members: v.pipe(v.array(memberSchema), v.minLength(1), v.maxLength(1000)),
  /** Mean of the members' probabilities by `weight`. */
  combine: v.literal('meanProbabilities'),
  /** Each member's logits are divided by it before their softmax; 1: they stay as they are. */
  temperature: v.pipe(v.number(), v.minValue(temperatureRange.min), v.maxValue(temperatureRange.max)),
  metrics: v.object({ ensemble: v.nullable(accuracySchema), test: v.nullable(accuracySchema) }),
  /** Where it came from, for its card. */
  origin: v.object({
    backbone: v.string(),
    preset: v.string(),
    /** Name of the folder of pictures, not its place. */
    dataset: v.string(),
    /** Pictures that took part in training and choosing. */
    trainingPictures: count,
    contentHash: v.string(),
  }),
});
export type EnsembleModel = Immutable<v.InferOutput<typeof ensembleModelSchema>>;

/** Members that are averaged, with their share; shares sum to 1. */
export function averagedMembers(model: EnsembleModel): { readonly member: EnsembleMember; readonly share: number }[] {
  const total = model.members.reduce((sum, { weight }) => sum + weight, 0);
  return model.members.flatMap((member) => (member.weight > 0 ? [{ member, share: member.weight / total }] : []));
}
