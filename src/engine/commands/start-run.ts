import { mkdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ownLease } from '../../store/process-lease.ts';
import { runFileName, type RunFile } from '../../store/reconcile.ts';
import { writeFileAtomic } from '../../weights/atomic-file.ts';
import { chooseBackbones } from '../backbones.ts';
import { resolveConfig } from '../../settings/resolve-config.ts';
import { newRunId } from '../run-id.ts';
import type { CommandHandler } from './command-handler.ts';

/** Whatever the user can have wrong is refused before there is a run; then folder, row, and a place in the queue. */
export const startRun: CommandHandler<'startRun'> = async ({ store, datasets, runs }, input, hooks) => {
  const config = resolveConfig(input);
  await chooseBackbones(config, store.layout.zoo);
  const root = resolve(input.folder);
  const { dataset } = (await datasets.scanForWork(root, hooks)).effective;
  const datasetVersionId = await store.datasets.put(dataset);

  const { purpose } = input;
  const runId = newRunId();
  const name = input.name ?? `${basename(root)} ${config.preset}`;
  const createdAt = Date.now();
  const folder = join(store.layout.runs, runId);
  await mkdir(folder);
  const file: RunFile = {
    formatVersion: 1,
    runId,
    name,
    purpose,
    config,
    createdAt,
    dataset: { root, contentHash: dataset.contentHash },
  };
  await writeFileAtomic(join(folder, runFileName), `${JSON.stringify(file, null, 2)}\n`);
  store.runs.create({
    id: runId,
    name,
    purpose,
    config,
    datasetVersionId,
    createdAt,
    lease: ownLease(),
    state: 'queued',
  });
  store.events.append(runId, [
    { seq: 1, at: createdAt, superseded: false, event: { type: 'runQueued', runId, attempt: 0, step: 0 } },
  ]);
  runs.start(runId);
  return { runId };
};
