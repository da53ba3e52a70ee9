import { toFailure, type FailureData } from '../../src/base/failure.ts';
import type { Progress, RuntimeReport } from '../../src/protocol/lane-job.ts';
import { app } from './app.svelte.ts';

export type ComputeState = 'checking' | 'ready' | 'limited' | 'missing' | 'settingUp' | 'failed';

/** What computes on this machine, and setting it up where it is missing. */
class Compute {
  #progress = $state.raw<Progress | null>(null);
  #settingUp = $state(false);
  #failure = $state.raw<FailureData | null>(null);
  #abort: AbortController | null = null;

  readonly runtime: RuntimeReport | null = $derived(app.doctor?.runtime ?? null);
  readonly state: ComputeState = $derived.by(() => {
    if (this.#settingUp) return 'settingUp';
    if (this.#failure) return 'failed';
    if (!this.runtime) return 'checking';
    if (this.runtime.backend === null) return 'missing';
    return this.runtime.backend === 'native' ? 'ready' : 'limited';
  });

  get progress(): Progress | null {
    return this.#progress;
  }

  /** Why setting up did not work, or why the native runtime does not load. */
  get failure(): FailureData | null {
    return this.#failure ?? this.runtime?.reason ?? null;
  }

  async setUp(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.#settingUp = true;
    this.#failure = null;
    this.#progress = null;
    try {
      const progress = (step: Progress): void => {
        this.#progress = step;
      };
      await app.client.call('setupRuntime', {}, { progress, signal: abort.signal });
      await app.readDoctor();
    } catch (error) {
      if (!abort.signal.aborted) this.#failure = toFailure(error);
    } finally {
      this.#settingUp = false;
    }
  }

  cancel(): void {
    this.#abort?.abort();
  }
}

export const compute = new Compute();
