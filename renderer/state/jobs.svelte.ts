import type { RunSummary } from '../../src/protocol/run-record.ts';
import { app } from './app.svelte.ts';

/** The work of this machine as the frame shows it. */
class Jobs {
  /** The run that computes, or is paused, or waits for its turn. */
  readonly active: RunSummary | null = $derived(
    app.runs.items.find(({ state }) => state === 'running') ??
      app.runs.items.find(({ state }) => state === 'paused') ??
      app.runs.items.find(({ state }) => state === 'queued') ??
      null,
  );
  readonly queued: number = $derived(
    app.runs.items.filter(({ state, runId }) => state === 'queued' && runId !== this.active?.runId).length,
  );

  /** Where nothing works: the newest run, when it was interrupted and waits to be resumed. */
  readonly interrupted: RunSummary | null = $derived.by(() => {
    const [newest] = app.runs.items;
    return this.active === null && newest?.state === 'interrupted' ? newest : null;
  });

  /** A pause was asked for; the step that runs is still being done. */
  #asked = $state<string | null>(null);
  readonly pausing: boolean = $derived(this.active?.state === 'running' && this.active.runId === this.#asked);

  /** Pauses what computes, or lets go on what stands still, interrupted or paused. @throws AnnealError */
  async pauseOrResume(): Promise<void> {
    const job = this.active ?? this.interrupted;
    if (!job) return;
    this.#asked = job.state === 'running' ? job.runId : null;
    if (job.state === 'running') await app.client.call('pauseRun', { run: job.runId });
    else if (job.state === 'paused') await app.client.call('continueRun', { run: job.runId });
    else if (job.state === 'interrupted') await app.client.call('resumeRun', { run: job.runId });
  }
}

export const jobs = new Jobs();
