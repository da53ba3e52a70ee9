import type { RunRecord, RunSummary } from '../../../src/protocol/run-record.ts';
import type { CommandInput, CommandName } from '../../../src/protocol/engine-api.ts';
import { tellFailure } from '../../state/actions.ts';
import { app } from '../../state/app.svelte.ts';
import { changes } from '../../state/changes.svelte.ts';
import { locale } from '../../state/locale.svelte.ts';
import { router } from '../../state/router.svelte.ts';

type RunCommand = 'pauseRun' | 'continueRun' | 'cancelRun' | 'resumeRun';

/** Steers a run; what goes wrong is told in a toast. Whether the engine took it. */
export function steer(command: RunCommand, run: string): Promise<boolean> {
  return attempt(command, { run });
}

export async function renameRun(run: RunSummary, name: string): Promise<void> {
  const before = run.name;
  if (!(await attempt('renameRun', { run: run.runId, name }))) return;
  changes.did({
    message: locale.text.run.title(run.number, name),
    undo: () => attempt('renameRun', { run: run.runId, name: before }),
    redo: () => attempt('renameRun', { run: run.runId, name }),
  });
}

export async function noteRun(run: string, note: string): Promise<void> {
  await attempt('noteRun', { run, note });
}

export async function pinRun(run: string, pinned: boolean): Promise<void> {
  await attempt('pinRun', { run, pinned });
}

/** Hides the run at once; its files are freed when the workspace is next tidied. */
export async function discardRun(run: RunSummary): Promise<void> {
  const { runId } = run;
  if (!(await attempt('discardRun', { run: runId }))) return;
  router.go('runs');
  changes.did({
    message: locale.text.run.discarded(locale.text.run.title(run.number, run.name)),
    undo: async () => {
      await attempt('restoreRun', { run: runId });
      router.go('run', runId);
    },
    redo: () => attempt('discardRun', { run: runId }),
  });
}

/** A diverged run once more with a third of its peak learning rate, to two digits. */
export function gentlerRate({ config }: RunRecord): number {
  return Number((config.schedule.maxLearningRate / 3).toPrecision(2));
}

export async function tryGentler(record: RunRecord): Promise<void> {
  const { config, dataset, name } = record;
  const schedule = { ...config.schedule, maxLearningRate: gentlerRate(record) };
  try {
    const folder = dataset.root;
    const { runId } = await app.client.call('startRun', { folder, config: { ...config, schedule }, name });
    router.go('run', runId);
  } catch (error) {
    tellFailure(error);
  }
}

/** Whether it was done. */
async function attempt<C extends CommandName>(command: C, input: CommandInput<C>): Promise<boolean> {
  try {
    await app.client.call(command, input);
    return true;
  } catch (error) {
    tellFailure(error);
    return false;
  }
}
