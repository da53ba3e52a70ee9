import type { StoredEvent } from '../protocol/run-record.ts';
import type { Store } from '../store/store.ts';

const pollMilliseconds = 500;

type Listener = (event: StoredEvent) => void;

/**
 * Hands each event of a run to whoever listens, in order and once: those stored first, then those of this process as they come,
 * and for a run that another process trains what the store gains.
 */
export class EventHub {
  readonly #store: Store;
  readonly #live = new Map<string, Set<Listener>>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Called by the recorder once events are in the store. */
  broadcast(runId: string, events: readonly StoredEvent[]): void {
    for (const listener of this.#live.get(runId) ?? []) for (const event of events) listener(event);
  }

  subscribe(runId: string, from: number, listener: Listener): () => void {
    let next = from;
    const pass: Listener = (event) => {
      if (event.seq < next) return;
      next = event.seq + 1;
      listener(event);
    };
    const catchUp = (): void => this.#store.events.read(runId, next).forEach(pass);
    catchUp();
    const listeners = this.#live.get(runId) ?? new Set();
    this.#live.set(runId, listeners.add(pass));
    const timer = setInterval(() => {
      if (this.#isElsewhere(runId)) catchUp();
    }, pollMilliseconds);
    timer.unref();
    this.#timers.add(timer);
    return () => {
      clearInterval(timer);
      this.#timers.delete(timer);
      listeners.delete(pass);
    };
  }

  /** Nobody hears anything from here on. */
  close(): void {
    this.#timers.forEach((timer) => clearInterval(timer));
    this.#live.clear();
  }

  #isElsewhere(runId: string): boolean {
    const lease = this.#store.runs.head(runId)?.lease;
    return lease?.pid !== process.pid;
  }
}
