import { toFailure, type FailureData } from '../../src/base/failure.ts';
import type { DatasetSummary } from '../../src/protocol/dataset-view.ts';
import type { CallHooks } from '../../src/protocol/engine-api.ts';
import type { Progress } from '../../src/protocol/lane-job.ts';
import type { Amount, Drop } from '../client/client.ts';
import { app } from './app.svelte.ts';
import { router } from './router.svelte.ts';

export interface OpeningNow {
  readonly kind: 'copy' | 'scan' | 'sample';
  /** The folder's name; '' for the sample. */
  readonly name: string;
}

/** A folder on its way to become a dataset; Start shows it, wherever it was asked for. One at a time. */
class Opening {
  now = $state.raw<OpeningNow | null>(null);
  copied = $state.raw<{ readonly done: Amount; readonly total: Amount } | null>(null);
  progress = $state.raw<Progress | null>(null);
  /** Why the last one did not open, and of which folder. */
  failure = $state.raw<{ readonly error: FailureData; readonly name: string } | null>(null);
  #abort: AbortController | null = null;

  /** Asks for a folder and opens it. */
  async choose(): Promise<void> {
    const folder = await app.client.host.chooseFolder();
    if (folder !== null) await this.openFolder(folder);
  }

  openFolder(folder: string): Promise<void> {
    const kind: OpeningNow = { kind: 'scan', name: lastPart(folder) };
    return this.#open(kind, (hooks) => app.client.call('openDataset', { folder }, hooks));
  }

  openSample(): Promise<void> {
    return this.#open({ kind: 'sample', name: '' }, (hooks) => app.client.call('openSample', {}, hooks));
  }

  openDrop(drop: Extract<Drop, { kind: 'folder' }>): Promise<void> {
    const { name, path } = drop;
    if (path !== null) return this.openFolder(path);
    return this.#open({ kind: 'copy', name }, async (hooks) => {
      const progress = (done: Amount, total: Amount): void => {
        this.copied = { done, total };
      };
      const [folder] = await app.client.host.bring(drop, { progress, signal: hooks.signal });
      this.now = { kind: 'scan', name };
      return app.client.call('openDataset', { folder: folder! }, hooks);
    });
  }

  cancel(): void {
    this.#abort?.abort();
  }

  dismissFailure(): void {
    this.failure = null;
  }

  async #open(
    what: OpeningNow,
    work: (hooks: CallHooks & { readonly signal: AbortSignal }) => Promise<DatasetSummary>,
  ): Promise<void> {
    this.cancel();
    const abort = new AbortController();
    this.#abort = abort;
    this.now = what;
    this.copied = null;
    this.progress = null;
    this.failure = null;
    router.go('start');
    try {
      const progress = (step: Progress): void => {
        if (this.#abort === abort) this.progress = step;
      };
      const summary = await work({ progress, signal: abort.signal });
      if (this.#abort !== abort) return;
      app.keepSummary(summary);
      if (router.route.view === 'start') router.go('dataset', summary.dataset);
    } catch (error) {
      if (this.#abort === abort && !abort.signal.aborted) this.failure = { error: toFailure(error), name: what.name };
    } finally {
      if (this.#abort === abort) {
        this.#abort = null;
        this.now = null;
        this.copied = null;
      }
    }
  }
}

const lastPart = (path: string): string => path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;

export const opening = new Opening();
