import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunMember } from '../../protocol/run-member.ts';
import type { RunRecord, RunSummary } from '../../protocol/run-record.ts';
import { ownLease } from '../../store/process-lease.ts';
import { deletedPrefix, interruptDeadRuns } from '../../store/reconcile.ts';
import type { RunHead } from '../../store/runs.ts';
import type { ListedMember } from '../../stored/members.ts';
import { membersOfRun } from '../members-of-run.ts';
import type { CommandHandler } from './command-handler.ts';

/** Without what only the store needs. */
function summary({ datasetVersionId: _version, lease: _lease, ...head }: RunHead): RunSummary {
  return head;
}

/** Without what only its folder needs. */
function toMember({ file: _file, milliseconds: _milliseconds, ...member }: ListedMember): RunMember {
  return member;
}

/** From the database alone: a run whose files are damaged is listed like any other, and one whose row is, without what is damaged. */
export const listRuns: CommandHandler<'listRuns'> = async ({ store }) => {
  interruptDeadRuns(store);
  return store.runs.list().map(summary);
};

export const showRun: CommandHandler<'showRun'> = async ({ store }, { run }) => {
  interruptDeadRuns(store);
  const { runId, state } = store.runs.findHead(run);
  // A finished run does not change; the members of one at work have to be of the moment of the rest.
  const listed = state === 'finished' ? await membersOfRun(store, runId) : null;
  return store.snapshot((): RunRecord => {
    const found = store.runs.find(runId);
    const { config, result, error, chosen: _chosen, seal: _seal, discarded: _discarded, ...head } = found;
    const folder = join(store.layout.runs, runId);
    return {
      ...summary(head),
      config,
      result,
      error,
      snapshots: listed?.map(toMember) ?? store.members.of(runId),
      folder,
      seq: store.events.lastSeq(runId),
    };
  });
};

/** Files go last: killed in between, what is left is removed at the next start. */
export const deleteRun: CommandHandler<'deleteRun'> = async ({ store, watch }, { run }) => {
  interruptDeadRuns(store);
  const { runId } = store.runs.findHead(run);
  store.runs.delete(runId);
  const aside = join(store.layout.runs, deletedPrefix + runId);
  await rename(join(store.layout.runs, runId), aside).catch(() => undefined);
  await rm(aside, { recursive: true, force: true });
  watch.changed('runs', runId);
  return { runId };
};

export const pinRun: CommandHandler<'pinRun'> = async ({ store, watch }, { run, pinned }) => {
  const { runId } = store.runs.findHead(run);
  store.runs.pin(runId, pinned);
  watch.changed('runs', runId);
  return { runId };
};

export const renameRun: CommandHandler<'renameRun'> = async ({ store, watch }, { run, name }) => {
  const { runId } = store.runs.findHead(run);
  store.runs.rename(runId, name);
  watch.changed('runs', runId);
  return null;
};

export const noteRun: CommandHandler<'noteRun'> = async ({ store, watch }, { run, note }) => {
  const { runId } = store.runs.findHead(run);
  store.runs.note(runId, note);
  watch.changed('runs', runId);
  return null;
};

/** Its files stay until this process has ended, so that it can be taken back. */
export const discardRun: CommandHandler<'discardRun'> = async ({ store, watch }, { run }) => {
  interruptDeadRuns(store);
  const { runId } = store.runs.findHead(run);
  store.runs.discard(runId, ownLease());
  watch.changed('runs', runId);
  return null;
};

/** `run`: its whole id. */
export const restoreRun: CommandHandler<'restoreRun'> = async ({ store, watch }, { run }) => {
  const { runId } = store.runs.head(run) ?? store.runs.findHead(run);
  store.runs.restore(runId);
  watch.changed('runs', runId);
  return null;
};
