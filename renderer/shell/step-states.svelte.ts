import type { RunState } from '../../src/protocol/run-record.ts';
import { app } from '../state/app.svelte.ts';
import { current } from '../state/current.svelte.ts';
import type { ViewName } from '../state/routes.ts';

type StepState = 'done' | 'working' | 'open' | 'attention';

const ofRun: Readonly<Record<RunState, StepState>> = {
  queued: 'working',
  running: 'working',
  paused: 'working',
  finished: 'done',
  failed: 'attention',
  cancelled: 'done',
  interrupted: 'attention',
};

/** How far the way through is for the dataset and run at hand. */
class StepStates {
  readonly #run: StepState = $derived(current.run ? ofRun[current.run.state] : 'open');
  /** Runs that somebody tried a picture with, or exported, while this window is open. */
  #tried = $state.raw<readonly string[]>([]);
  #exported = $state.raw<readonly string[]>([]);

  of(view: ViewName): StepState {
    const { datasetId, runId, run } = current;
    switch (view) {
      case 'dataset': {
        const summary = app.summary(datasetId);
        if (summary?.scanning) return 'working';
        if (current.dataset && !current.dataset.present) return 'attention';
        return datasetId === null ? 'open' : 'done';
      }
      case 'train':
        return run ? 'done' : 'open';
      case 'run':
        return this.#run;
      case 'ensemble':
        return this.#run === 'done' && (run?.progress?.members ?? 0) > 0 ? 'done' : 'open';
      case 'tryIt':
        return runId !== null && this.#tried.includes(runId) ? 'done' : 'open';
      case 'export':
        return runId !== null && this.#exported.includes(runId) ? 'done' : 'open';
      default:
        return 'open';
    }
  }

  markTried(runId: string): void {
    if (!this.#tried.includes(runId)) this.#tried = [...this.#tried, runId];
  }

  markExported(runId: string): void {
    if (!this.#exported.includes(runId)) this.#exported = [...this.#exported, runId];
  }
}

export const stepStates = new StepStates();
