import { resolve } from 'node:path';
import { runInLane } from '../engine-context.ts';
import type { CommandHandler } from './command-handler.ts';

/** Scans a folder and stores what was found as a dataset version. */
export const inspect: CommandHandler<'inspect'> = async ({ store, lanes }, { folder }, hooks) => {
  const job = { kind: 'scan', root: resolve(folder), cache: store.layout.cache } as const;
  const dataset = await runInLane<'scan'>(lanes.files, job, hooks);
  await store.datasets.put(dataset);
  return dataset;
};
