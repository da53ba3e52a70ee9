import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import type { RuntimeReport } from '../../protocol/lane-job.ts';
import { bytesBelow } from '../bytes-below.ts';
import { runInLane } from '../run-in-lane.ts';
import { noteTestStep } from '../planning/measure.ts';
import type { CommandHandler } from './command-handler.ts';

/** Makes the compute runtime where it can be made, then loads it: what that tells is the answer. */
export const setupRuntime: CommandHandler<'setupRuntime'> = async (context, _input, hooks): Promise<RuntimeReport> => {
  const { store, lanes, setup, threads } = context;
  if (setup) {
    await setup(hooks?.progress ?? (() => undefined), hooks?.signal ?? new AbortController().signal);
    // A process that failed to load it would fail again.
    lanes.interactive.renew();
    lanes.train.renew();
  }
  const report = await runInLane<'doctor'>(lanes.interactive, { kind: 'doctor', threads }, hooks);
  noteTestStep(store.measurements, report, threads);
  return report;
};

/** Deletes decoded pictures, features and thumbnails; what a scan remembers goes too. They are made again when needed. */
export const clearCache: CommandHandler<'clearCache'> = async ({ store }) => {
  const working = store.runs.list().filter(({ state }) => state === 'running' || state === 'paused');
  if (working[0]) {
    const { runId, state, lease } = working[0];
    throw new AnnealError('engine.cacheInUse', { runId, state, pid: lease?.pid ?? null });
  }
  const { cache } = store.layout;
  const before = await bytesBelow(cache);
  for (const name of await readdir(cache)) await rm(join(cache, name), { recursive: true, force: true });
  const left = (await stat(cache).catch(() => null)) ? await bytesBelow(cache) : 0;
  return { bytes: before - left };
};
