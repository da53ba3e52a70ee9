import type { FailureData } from '../../src/base/failure.ts';
import { toFailure } from '../../src/base/failure.ts';

/** A running training tells several changes a second; lists follow at most this often. */
const pause = 300;

/** A list of the workspace that is fetched anew whenever the engine tells that it changed. */
export class WorkspaceList<T> {
  items = $state.raw<readonly T[]>([]);
  loaded = $state(false);
  error = $state.raw<FailureData | null>(null);
  readonly #fetch: () => Promise<readonly T[]>;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #busy = false;
  #stale = false;

  constructor(fetch: () => Promise<readonly T[]>) {
    this.#fetch = fetch;
  }

  /** Fetches now, or soon after the last time. */
  refresh(): void {
    this.#stale = true;
    if (!this.#busy && !this.#timer) void this.#run();
  }

  async #run(): Promise<void> {
    this.#busy = true;
    this.#stale = false;
    try {
      this.items = await this.#fetch();
      this.loaded = true;
      this.error = null;
    } catch (error) {
      this.error = toFailure(error);
    }
    this.#busy = false;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      if (this.#stale) void this.#run();
    }, pause);
  }
}
