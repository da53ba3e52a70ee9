import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunRecord, RunSummary } from '../../protocol/run-record.ts';
import { ownLease } from '../../store/process-lease.ts';
import { deletedPrefix, interruptDeadRuns } from '../../store/reconcile.ts';
import type { RunHead } from '../../store/runs.ts';
import type { CommandHandler } from './command-handler.ts';

/** Without what only the store needs. */
function summary({ datasetVersionId: _version, lease: _lease, ...head }: RunHead): RunSummary {
  return head;
}

export const listRuns: CommandHandler<'listRuns'> = async ({ store }) => {
  interruptDeadRuns(store);
  return store.runs.list().map(summary);
};

export const showRun: CommandHandler<'showRun'> = async ({ store }, { run }) => {
  interruptDeadRuns(store);
  return store.snapshot((): RunRecord => {
    const found = store.runs.find(run);
    const { config, result, error, chosen: _chosen, seal: _seal, discarded: _discarded, ...head } = found;
    const { runId } = head;
    const folder = join(store.layout.runs, runId);
    return {
      ...summary(head),
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

export const renameRun: CommandHandler<'renameRun'> = async ({ store }, { run, name }) => {
  store.runs.rename(store.runs.find(run).runId, name);
  return null;
};

export const noteRun: CommandHandler<'noteRun'> = async ({ store }, { run, note }) => {
  store.runs.note(store.runs.find(run).runId, note);
  return null;
};

/** Its files stay until this process has ended, so that it can be taken back. */
export const discardRun: CommandHandler<'discardRun'> = async ({ store }, { run }) => {
  interruptDeadRuns(store);
  store.runs.discard(store.runs.find(run).runId, ownLease());
  return null;
};

/** `run`: its whole id. */
export const restoreRun: CommandHandler<'restoreRun'> = async ({ store }, { run }) => {
  const found = store.runs.get(run) ?? store.runs.find(run);
  store.runs.restore(found.runId);
  return null;
};
