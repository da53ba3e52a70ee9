import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord, RunSummary } from '../../protocol/run-record.ts';
import { deletedPrefix, interruptDeadRuns } from '../../store/reconcile.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { CommandHandler } from './command-handler.ts';

function summary(run: StoredRun): RunSummary {
  const { runId, name, note, pinned, state, attempt, preset, backbone, dataset, createdAt, endedAt, accuracy } = run;
  return { runId, name, note, pinned, state, attempt, preset, backbone, dataset, createdAt, endedAt, accuracy };
}

export const listRuns: CommandHandler<'listRuns'> = async ({ store }) => {
  interruptDeadRuns(store);
  return store.runs.list().map(summary);
};

export const showRun: CommandHandler<'showRun'> = async ({ store }, { run }) => {
  interruptDeadRuns(store);
  return store.snapshot((): RunRecord => {
    const found = store.runs.find(run);
    const { runId, config, result, error } = found;
    const folder = join(store.layout.runs, runId);
    return {
      ...summary(found),
      config,
      result,
      error,
      snapshots: store.snapshots.of(runId),
      folder,
      seq: store.events.lastSeq(runId),
    };
  });
};

/** Files go last: killed in between, what is left is removed at the next start. */
export const deleteRun: CommandHandler<'deleteRun'> = async ({ store }, { run }) => {
  interruptDeadRuns(store);
  const { runId } = store.runs.find(run);
  store.runs.delete(runId);
  const aside = join(store.layout.runs, deletedPrefix + runId);
  await rename(join(store.layout.runs, runId), aside).catch(() => undefined);
  await rm(aside, { recursive: true, force: true });
  return null;
};

export const pinRun: CommandHandler<'pinRun'> = async ({ store }, { run, pinned }) => {
  store.runs.pin(store.runs.find(run).runId, pinned);
  return null;
};
