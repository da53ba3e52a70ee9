import { join } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import type { TrainJob } from '../protocol/train-job.ts';
import type { Store } from '../store/store.ts';
import { chooseBackbones } from './backbones.ts';

/** The job of a stored run, made anew for each attempt from what was stored when it was started. */
export async function makeTrainJob(
  { store, threads }: { store: Store; threads: number | null },
  runId: string,
  attempt: number,
): Promise<TrainJob> {
  const run = store.runs.get(runId);
  if (!run) throw new AnnealError('store.unknownRun', { received: runId, runs: [] });
  const { layout } = store;
  return {
    runId,
    attempt,
    purpose: run.purpose,
    config: run.config,
    dataset: store.datasets.read(run.datasetVersionId),
    workspace: layout.root,
    runFolder: join(layout.runs, runId),
    backbones: await chooseBackbones(run.config, layout.zoo),
    threads,
  };
}
