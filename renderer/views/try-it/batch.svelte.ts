import { toFailure, type FailureData } from '../../../src/base/failure.ts';
import type { PredictionReport, Progress } from '../../../src/protocol/lane-job.ts';
import type { Amount, Drop } from '../../client/client.ts';
import { app } from '../../state/app.svelte.ts';

/** Several pictures or a folder, answered one after the other into a table. */
export class Batch {
  /** Begun: the table stands in the place of the single picture. */
  open = $state(false);
  copied = $state.raw<{ readonly done: Amount; readonly total: Amount } | null>(null);
  progress = $state.raw<Progress | null>(null);
  report = $state.raw<PredictionReport | null>(null);
  failure = $state.raw<FailureData | null>(null);
  readonly #model: () => string;
  #abort: AbortController | null = null;

  constructor(model: () => string) {
    this.#model = model;
  }

  async run(given: Drop | { readonly folder: string }): Promise<void> {
    this.close();
    const abort = new AbortController();
    this.#abort = abort;
    this.open = true;
    const { signal } = abort;
    try {
      const progress = (done: Amount, total: Amount): void => {
        this.copied = { done, total };
      };
      const paths = 'folder' in given ? [given.folder] : await app.client.host.bring(given, { progress, signal });
      this.copied = null;
      const step = (now: Progress): void => {
        this.progress = now;
      };
      const input = { model: this.#model(), paths: [...paths] };
      this.report = await app.client.call('predict', input, { progress: step, signal });
    } catch (error) {
      if (signal.aborted) this.open = false;
      else this.failure = toFailure(error);
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }

  close(): void {
    this.cancel();
    this.open = false;
    this.copied = null;
    this.progress = null;
    this.report = null;
    this.failure = null;
  }
}
