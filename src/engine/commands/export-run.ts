import { join, resolve } from 'node:path';
import { runInLane } from '../engine-context.ts';
import { finishedRun } from '../find-model.ts';
import type { CommandHandler } from './command-handler.ts';

const verificationPictures = 100;

/** Writes a model out; the lane loads it again and compares before it is called done. */
export const exportRun: CommandHandler<'exportRun'> = async (
  { store, lanes, threads },
  { run, format, path, anySize },
  hooks,
) => {
  const model = finishedRun(store, run);
  const dataset = store.datasets.read(store.runs.find(model.runId).datasetVersionId);
  // Evenly over the list, which is sorted by class: all classes take part.
  const stride = Math.max(1, Math.floor(dataset.pictures.length / verificationPictures));
  const pictures = dataset.pictures
    .filter((_, i) => i % stride === 0)
    .map((picture) => join(dataset.root, picture.path));
  const job = {
    kind: 'export',
    model,
    format,
    path: resolve(path),
    anySize,
    pictures,
    workspace: store.layout.root,
    threads,
  } as const;
  return runInLane<'export'>(lanes.interactive, job, hooks);
};
