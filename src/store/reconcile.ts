import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { RunPurpose } from '../protocol/train-job.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { DatasetTable } from './datasets.ts';
import type { EventTable } from './events.ts';
import { isAlive } from './process-lease.ts';
import type { RunTable } from './runs.ts';
import type { WorkspaceLayout } from './workspace.ts';

/** What a run's folder says of itself, so that the folder alone tells what was trained on what. */
export interface RunFile {
  readonly formatVersion: 1;
  readonly runId: string;
  readonly name: string;
  readonly purpose: RunPurpose;
  readonly config: TrainConfig;
  readonly createdAt: number;
  readonly dataset: { readonly root: string; readonly contentHash: string };
}

export const runFileName = 'run.json';
/** A run is renamed to this before its row goes; what is left of it is removed at the next start. */
export const deletedPrefix = '.deleted-';

/** The parts of a store that are brought together. */
interface ReconciledStore {
  readonly layout: WorkspaceLayout;
  readonly runs: RunTable;
  readonly events: EventTable;
  readonly datasets: DatasetTable;
}

/** Younger things may be another process's, in the making. */
const settledMilliseconds = 60_000;

/**
 * Brings database and folders together after a crash: runs whose process is gone become 'interrupted', remains of deleted
 * runs and of half-written files are removed. Safe while other processes work in the workspace.
 */
export function reconcile(store: ReconciledStore): void {
  interruptDeadRuns(store);
  freeDiscardedRuns(store);
  const { layout } = store;
  for (const name of names(layout.runs)) if (name.startsWith(deletedPrefix)) remove(join(layout.runs, name));
  const stored = store.datasets.files();
  for (const name of names(layout.datasets)) {
    const path = join(layout.datasets, name);
    if (!stored.has(name) && isSettled(path)) remove(path);
  }
}

/** Deletes runs whose discarding process is gone: nobody can take those back any more. */
function freeDiscardedRuns(store: ReconciledStore): void {
  for (const { runId, by } of store.runs.discarded()) {
    if (isAlive(by)) continue;
    try {
      renameSync(join(store.layout.runs, runId), join(store.layout.runs, deletedPrefix + runId));
    } catch {
      // It has no folder, or not any more.
    }
    store.runs.delete(runId);
  }
}

/** Runs that no living process works on become 'interrupted'; they can be resumed. */
export function interruptDeadRuns(store: ReconciledStore): void {
  for (const run of store.runs.list()) {
    if (run.state !== 'queued' && run.state !== 'running' && run.state !== 'paused') continue;
    if (run.lease && isAlive(run.lease)) continue;
    interrupt(store, run.runId, run.attempt);
  }
}

function interrupt(store: ReconciledStore, runId: string, attempt: number): void {
  try {
    store.runs.move(runId, 'interrupted');
  } catch {
    return; // Another process was faster.
  }
  const seq = store.events.lastSeq(runId) + 1;
  const step = store.events.lastStep(runId);
  store.events.append(runId, [
    { seq, at: Date.now(), superseded: false, event: { type: 'runInterrupted', runId, attempt, step } },
  ]);
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isSettled(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > settledMilliseconds;
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {
    // Not ours to remove, or in use: it costs only its bytes and is tried again at the next start.
  }
}
