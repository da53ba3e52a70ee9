import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chooseBackbones } from '../../src/engine/backbones.ts';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { TrainConfig } from '../../src/settings/train-config.ts';
import type { TrainJob } from '../../src/protocol/train-job.ts';
import { loadRuntime } from '../../src/tensor/runtime.ts';
import { extractFeatures, featureKey } from '../../src/train/extract-features.ts';
import { disposeNetwork, pretrainedNetwork } from '../../src/train/network.ts';
import { RunContext } from '../../src/train/run-context.ts';
import { indices } from '../support/indices.ts';

/** A process around a job that listens to nothing. */
export const quietHost = {
  emit: () => undefined,
  warn: () => undefined,
  control: () => 'go' as const,
  yield: () => Promise.resolve(),
};

export interface QuickFeatures {
  /** float32 [pictures.length, width]. */
  readonly rows: Float32Array;
  readonly width: number;
  /** Where the feature cache of any pictures of the job's dataset belongs. */
  pathOf(pictures: readonly number[]): string;
}

/** The job that `anneal train --preset quick` would give a lane. */
export async function quickJob(dataset: Dataset, config: TrainConfig, workspace: string): Promise<TrainJob> {
  const backbones = await chooseBackbones(config, join(workspace, 'zoo'));
  const runFolder = join(workspace, 'runs', 'bench');
  return {
    runId: 'bench',
    attempt: 1,
    purpose: 'run',
    config,
    dataset,
    workspace,
    runFolder,
    backbones,
    threads: null,
  };
}

/** Features of `pictures` as the job itself computes and caches them. */
export async function quickFeatures(job: TrainJob, pictures: readonly number[]): Promise<QuickFeatures> {
  await loadRuntime();
  const [backbone] = job.backbones;
  const context = new RunContext(job, quietHost);
  const classes = job.dataset.classes.length;
  const network = await pretrainedNetwork(backbone!, classes, job.config, backbone!.preprocessing.inputSize);
  const request = (of: readonly number[]) => ({
    network,
    to: network.spec.feature,
    pictures: indices(...of),
    view: null,
  });
  const pathOf = (of: readonly number[]) =>
    join(job.workspace, 'cache', 'features', `${featureKey(context, request(of))}.f32`);
  try {
    const cache = await extractFeatures(context, request(pictures));
    await cache.close();
    const bytes = await readFile(pathOf(pictures));
    const rows = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
    return { rows, width: rows.length / pictures.length, pathOf };
  } finally {
    disposeNetwork(network);
    await context.close();
  }
}
