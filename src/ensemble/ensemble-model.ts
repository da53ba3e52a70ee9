import type { NetSpec } from '../models/net-spec.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';

/** Raised with every change of shape; a reader refuses a newer one. */
export const ensembleModelVersion = 2;

/** A safetensors file of a model, by its content. */
export interface WeightsFile {
  /** Relative to the model's folder, '/'-separated. */
  readonly file: string;
  /** Of the whole file, hex. */
  readonly sha256: string;
  readonly bytes: number;
}

export interface EnsembleMember extends WeightsFile {
  readonly name: string;
  /** Share in the mean, relative to the other members': how often greedy selection took it, or 1. 0: kept, not averaged. */
  readonly weight: number;
  readonly accuracy: Accuracy | null;
  /** Its own network, where it is not the model's `spec`. Only without a shared trunk. */
  readonly spec?: NetSpec;
}

/**
 * A trained ensemble as a run folder and a bundle hold it. All weights have torch's names and layouts: the trunk's file and a
 * member's file together are the state_dict of `spec`.
 *
 * With `trunk`, the layers up to and with node `to` are equal in all members and stored once; members hold the rest. That serves
 * heads fitted on frozen features (`to` is `spec.feature`) as well as snapshots fine-tuned from a frozen boundary. Without it each member is whole.
 */
export interface EnsembleModel {
  readonly formatVersion: typeof ensembleModelVersion;
  readonly name: string;
  /** ISO 8601; null where equal runs are to give equal files. */
  readonly createdAt: string | null;
  /** Class names in the order of the outputs. */
  readonly labels: readonly string[];
  readonly preprocessing: Preprocessing;
  readonly spec: NetSpec;
  readonly trunk: (WeightsFile & { readonly to: string }) | null;
  readonly members: readonly EnsembleMember[];
  /** Mean of the members' probabilities by `weight`. */
  readonly combine: 'meanProbabilities';
  readonly metrics: { readonly ensemble: Accuracy | null; readonly test: Accuracy | null };
  readonly origin: ModelOrigin;
}

/** Where a model came from, for its card. */
interface ModelOrigin {
  readonly backbone: string;
  readonly preset: string;
  /** Name of the folder of pictures, not its place. */
  readonly dataset: string;
  /** Pictures that took part in training and choosing. */
  readonly trainingPictures: number;
  readonly contentHash: string;
}

/** Members that are averaged, with their share; shares sum to 1. */
export function averagedMembers(model: EnsembleModel): { readonly member: EnsembleMember; readonly share: number }[] {
  const total = model.members.reduce((sum, { weight }) => sum + weight, 0);
  return model.members.flatMap((member) => (member.weight > 0 ? [{ member, share: member.weight / total }] : []));
}
