import type { RunState, RunSummary } from '../../../src/protocol/run-record.ts';
import { app } from '../../state/app.svelte.ts';
import { changes } from '../../state/changes.svelte.ts';
import { locale } from '../../state/locale.svelte.ts';

/** States in which a lane works on the run or is about to. */
const busy: readonly RunState[] = ['queued', 'running', 'paused'];
const resumable: readonly RunState[] = ['interrupted', 'cancelled', 'failed'];

export const canResume = ({ state }: RunSummary): boolean => resumable.includes(state);

/** Takes runs out of the list, with Undo. Pinned ones and those that still work are kept, and it is said. */
export async function discard(runs: readonly RunSummary[]): Promise<void> {
  const text = locale.text.runs;
  const gone = runs.filter((run) => !run.pinned && !busy.includes(run.state));
  const each = (command: 'discardRun' | 'restoreRun') => async (): Promise<void> => {
    for (const { runId } of gone) await app.client.call(command, { run: runId });
  };
  await each('discardRun')();
  const pinned = runs.filter((run) => run.pinned).length;
  const working = runs.length - gone.length - pinned;
  const kept = [pinned > 0 ? text.keptPinned(pinned) : '', working > 0 ? text.keptBusy(working) : ''].filter(Boolean);
  if (gone.length === 0) return changes.say(kept.join(' '));
  const message = [text.deleted(gone.length, titleOf(gone[0]!)), ...kept].join(' ');
  changes.did({ message, undo: each('restoreRun'), redo: each('discardRun') });
}

export async function rename({ runId, name: before }: RunSummary, name: string): Promise<void> {
  if (name === '' || name === before) return;
  const set = (to: string) => app.client.call('renameRun', { run: runId, name: to });
  await set(name);
  changes.did({ message: locale.text.runs.renamed(name), undo: () => set(before), redo: () => set(name) });
}

export async function writeNote({ runId, note: before }: RunSummary, note: string): Promise<void> {
  if (note !== before) await app.client.call('noteRun', { run: runId, note });
}

export async function pin({ runId, pinned }: RunSummary): Promise<void> {
  await app.client.call('pinRun', { run: runId, pinned: !pinned });
}

export async function resume({ runId }: RunSummary): Promise<void> {
  await app.client.call('resumeRun', { run: runId });
}

/** 'run 14 lite0-balanced' */
export function titleOf({ number, name }: RunSummary): string {
  return `${locale.text.shell.run(number)} ${name}`;
}
