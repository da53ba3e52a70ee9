import { basename } from 'node:path';
import type { NetSpec } from '../models/net-spec.ts';
import type { Accuracy } from '../protocol/accuracy.ts';
import type { TrainJob } from '../protocol/train-job.ts';
import type { PreparedRun } from '../train/prepare-run.ts';
import type { HostTensor } from '../weights/host-tensor.ts';
import { ensembleModelVersion, type EnsembleModel } from '../ensemble/ensemble-model.ts';
import { storeWeights, writeModel } from '../ensemble/model-folder.ts';
import type { TrainedMember } from './trained.ts';

/** What a run knows of its ensemble when it writes it down. */
export interface RunModel {
  readonly backbone: string;
  readonly spec: NetSpec;
  /** As `storeTrunk` gives it. */
  readonly trunk: EnsembleModel['trunk'];
  readonly members: readonly TrainedMember[];
  readonly ensemble: Accuracy;
  readonly test: Accuracy | null;
  /** 1 until training has ended: only then are there pictures to choose it by once and for all. */
  readonly temperature: number;
}

/** Stores the layers that all members share. */
export async function storeTrunk(
  runFolder: string,
  trunk: { readonly to: string; readonly tensors: Record<string, HostTensor> } | null,
): Promise<EnsembleModel['trunk']> {
  return trunk && { to: trunk.to, ...(await storeWeights(runFolder, 'trunk', trunk.tensors)) };
}

/**
 * Makes the run's folder a model of what there is: at each cycle's end of the members so far, so that a run that was stopped can be
 * used, and at the end of what training chose.
 */
export async function writeRunModel(job: TrainJob, prepared: PreparedRun, model: RunModel): Promise<void> {
  const { config, dataset, runFolder } = job;
  const { backbone, spec, trunk, members, ensemble, test, temperature } = model;
  await writeModel(runFolder, {
    formatVersion: ensembleModelVersion,
    name: basename(dataset.root),
    createdAt: null,
    labels: dataset.classes,
    preprocessing: spec.preprocessing,
    spec,
    trunk,
    members: members.map(({ name, weight, accuracy, file, sha256, bytes }) => ({
      name,
      weight,
      accuracy,
      file,
      sha256,
      bytes,
    })),
    combine: 'meanProbabilities',
    temperature,
    metrics: { ensemble, test },
    origin: {
      backbone,
      preset: config.preset,
      dataset: basename(dataset.root),
      trainingPictures: prepared.pool.length + prepared.validation.length,
      contentHash: dataset.contentHash,
    },
  });
}
