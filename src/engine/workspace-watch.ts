import { randomUUID } from 'node:crypto';
import type { WorkspaceChange } from '../protocol/engine-api.ts';
import type { Store } from '../store/store.ts';

const pollMilliseconds = 400;

type Listener = (change: WorkspaceChange) => void;

/**
 * Tells whoever watches that a list is no longer what it was: changes of this engine at once, those of other processes on the same
 * workspace with the next look into the database.
 */
export class WorkspaceWatch {
  readonly #store: Store;
  readonly #author = randomUUID();
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | null = null;
  #seen = 0;

  constructor(store: Store) {
    this.#store = store;
  }

  /** Called once a change is in the store. `id`: a run, a dataset, a backbone; null: the list as a whole. */
  changed(what: WorkspaceChange['what'], id: string | null): void {
    this.#store.changes.put({ what, id }, this.#author);
    this.notify(what, id);
  }

  /** Alone for what other processes need not know, such as a scan that went on. */
  notify(what: WorkspaceChange['what'], id: string | null): void {
    for (const listener of [...this.#listeners]) listener({ what, id });
  }

  watch(listener: Listener): () => void {
    // An own function for each call: the same listener may watch twice, and end one of them.
    const registered: Listener = (change) => listener(change);
    this.#listeners.add(registered);
    this.#start();
    return () => {
      this.#listeners.delete(registered);
      if (this.#listeners.size === 0) this.close();
    };
  }

  close(): void {
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    this.#listeners.clear();
  }

  #start(): void {
    if (this.#timer) return;
    this.#seen = this.#store.changes.lastSeq();
    this.#timer = setInterval(() => this.#look(), pollMilliseconds);
    this.#timer.unref();
  }

  #look(): void {
    try {
      const { seq, changes } = this.#store.changes.readOthers(this.#seen, this.#author);
      this.#seen = seq;
      for (const { what, id } of changes) this.notify(what, id);
    } catch {
      // A workspace that cannot be read is told by the next command; here it would end the process.
    }
  }
}
