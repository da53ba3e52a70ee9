import { AnnealError } from '../../base/errors.ts';
import { ownLease } from '../../store/process-lease.ts';
import { interruptDeadRuns } from '../../store/reconcile.ts';
import type { CommandHandler } from './command-handler.ts';

/** Goes on from the last checkpoint; a finished run is left as it is. */
export const resumeRun: CommandHandler<'resumeRun'> = async ({ store, runs }, { run }) => {
  interruptDeadRuns(store);
  const { runId, state } = store.runs.findHead(run);
  if (state === 'finished') return { runId };
  // Taken in one statement, so that of two processes only one resumes it.
  store.runs.move(runId, 'queued', { lease: ownLease() });
  runs.start(runId);
  return { runId };
};

export const pauseRun: CommandHandler<'pauseRun'> = async ({ store, runs }, { run }) => {
  const { runId } = store.runs.findHead(run);
  if (!runs.pause(runId, true)) throw new AnnealError('engine.notPaused', { runId });
  return null;
};

export const continueRun: CommandHandler<'continueRun'> = async ({ store, runs }, { run }) => {
  const { runId } = store.runs.findHead(run);
  if (!runs.pause(runId, false)) throw new AnnealError('engine.notPaused', { runId });
  return null;
};

/** Stops behind a checkpoint; a run that nobody works on is only marked. */
export const cancelRun: CommandHandler<'cancelRun'> = async ({ store, runs, watch }, { run }) => {
  interruptDeadRuns(store);
  const { runId } = store.runs.findHead(run);
  if (runs.isActive(runId)) await runs.stop(runId, 'cancelled');
  else {
    store.runs.cancelIdle(runId);
    watch.changed('runs', runId);
  }
  return null;
};
