import type { RunSummary } from '../../src/protocol/run-record.ts';
import { app } from './app.svelte.ts';

/** The work of this machine as the frame shows it. */
class Jobs {
  /** The run that computes, or stands still and could go on; else one that was interrupted since it was started last. */
  readonly active: RunSummary | null = $derived(
    app.runs.items.find(({ state }) => state === 'running') ??
      app.runs.items.find(({ state }) => state === 'paused') ??
      app.runs.items.find(({ state }) => state === 'queued') ??
      null,
  );
  readonly queued: number = $derived(
    app.runs.items.filter(({ state, runId }) => state === 'queued' && runId !== this.active?.runId).length,
  );

  /** Pauses what computes, or lets go on what stands still. @throws AnnealError */
  async pauseOrResume(): Promise<void> {
    const job = this.active;
    if (!job) return;
    if (job.state === 'running') await app.client.call('pauseRun', { run: job.runId });
    else if (job.state === 'paused') await app.client.call('continueRun', { run: job.runId });
  }
}

export const jobs = new Jobs();
