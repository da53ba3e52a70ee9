import { availableParallelism, totalmem } from 'node:os';
import { toFailure } from '../../base/failure.ts';
import type { RuntimeReport } from '../../protocol/lane-job.ts';
import { listZoo } from '../../zoo/index.ts';
import { bytesBelow } from '../bytes-below.ts';
import { runInLane } from '../run-in-lane.ts';
import { noteTestStep } from '../planning/measure.ts';
import type { CommandHandler } from './command-handler.ts';

/** What this machine and this workspace can do. A runtime that does not load is a finding, not an error. */
export const doctor: CommandHandler<'doctor'> = async ({ store, lanes, threads }, _input, hooks) => {
  const { layout } = store;
  const runtime = await runInLane<'doctor'>(lanes.interactive, { kind: 'doctor', threads }, hooks).catch(
    (error: unknown): RuntimeReport => ({
      backend: null,
      version: null,
      reason: toFailure(error),
      devices: [],
      threads: 0,
      testStepMilliseconds: null,
    }),
  );
  noteTestStep(store.measurements, runtime, threads);
  const purposes = { runs: layout.runs, datasets: layout.datasets, cache: layout.cache, zoo: layout.zoo };
  const folders = Object.entries(purposes).map(async ([purpose, path]) => ({
    purpose,
    path,
    bytes: await bytesBelow(path),
  }));
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    runtime,
    workspace: layout.root,
    folders: await Promise.all(folders),
    databaseVersion: store.version,
    backbones: (await listZoo(layout.zoo)).filter((entry) => entry.installed).map((entry) => entry.name),
  };
};
