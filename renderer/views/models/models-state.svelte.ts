import { toFailure, type FailureData } from '../../../src/base/failure.ts';
import type { Progress } from '../../../src/protocol/lane-job.ts';
import type { ZooEntry } from '../../../src/protocol/zoo-entry.ts';
import type { AnnealClient } from '../../client/client.ts';

/** Work on one model, shown inside its card. */
export interface ModelWork {
  readonly kind: 'pull' | 'measure';
  readonly progress: Progress | null;
  /** Fetching was paused: it goes on from here. */
  readonly paused: boolean;
  readonly failed: FailureData | null;
}

interface Running {
  readonly abort: AbortController;
  paused: boolean;
}

/** The zoo as the view shows it, for one dataset or for none. */
export class ModelsState {
  entries = $state.raw<readonly ZooEntry[] | null>(null);
  error = $state.raw<FailureData | null>(null);
  /** By name. */
  work = $state.raw<Readonly<Record<string, ModelWork>>>({});
  readonly #client: AnnealClient;
  #running: Readonly<Record<string, Running>> = {};
  #dataset: string | null = null;
  #asked = 0;

  constructor(client: AnnealClient) {
    this.#client = client;
  }

  /** Follows the zoo until the returned function is called. */
  open(): () => void {
    return this.#client.watch(({ what, id }) => {
      if (what === 'zoo' || (what === 'datasets' && id === this.#dataset)) void this.read();
    });
  }

  /** Tells fits for this dataset from now on. */
  for(dataset: string | null): void {
    this.#dataset = dataset;
    void this.read();
  }

  async read(): Promise<void> {
    const mine = ++this.#asked;
    const dataset = this.#dataset;
    try {
      const entries = await this.#client.call('zooList', dataset === null ? {} : { dataset });
      if (mine !== this.#asked) return;
      this.entries = entries;
      this.error = null;
    } catch (thrown) {
      if (mine === this.#asked) this.error = toFailure(thrown);
    }
  }

  /** Fetches a model; goes on where it was paused or cut. Its failure stays in its card. */
  pull(name: string): Promise<boolean> {
    return this.#do(name, 'pull', (hooks) => this.#client.call('zooPull', { name }, hooks));
  }

  /** Times a model on this machine. */
  measure(name: string): Promise<boolean> {
    return this.#do(name, 'measure', (hooks) => this.#client.call('zooMeasure', { name }, hooks));
  }

  pause(name: string): void {
    const running = this.#running[name];
    if (!running) return;
    running.paused = true;
    running.abort.abort();
  }

  giveUp(name: string): void {
    this.#running[name]?.abort.abort();
    this.#clear(name);
  }

  importFile(path: string): Promise<ZooEntry> {
    return this.#client.call('zooImport', { path });
  }

  /** Frees the file of a model. @throws what the engine throws */
  async remove(name: string): Promise<void> {
    await this.#client.call('zooRemove', { name });
    await this.read();
  }

  async #do(
    name: string,
    kind: ModelWork['kind'],
    ask: (hooks: { progress: (step: Progress) => void; signal: AbortSignal }) => Promise<ZooEntry>,
  ): Promise<boolean> {
    if (this.#running[name]) return false;
    const running: Running = { abort: new AbortController(), paused: false };
    this.#running = { ...this.#running, [name]: running };
    const set = (change: Partial<ModelWork>): void => {
      const before = this.work[name] ?? { kind, progress: null, paused: false, failed: null };
      this.work = { ...this.work, [name]: { ...before, ...change } };
    };
    set({ kind, paused: false, failed: null });
    try {
      const { signal } = running.abort;
      await ask({ progress: (progress) => !signal.aborted && set({ progress }), signal });
      await this.read();
      this.#clear(name);
      return true;
    } catch (thrown) {
      if (running.paused) set({ paused: true });
      else if (!running.abort.signal.aborted) set({ failed: toFailure(thrown) });
      return false;
    } finally {
      this.#running = without(this.#running, name);
    }
  }

  #clear(name: string): void {
    this.work = without(this.work, name);
  }
}

function without<T>(record: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([other]) => other !== name));
}
