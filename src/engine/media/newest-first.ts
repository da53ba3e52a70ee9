/**
 * Work of which the newest is wanted most: who scrolls past a thousand thumbnails waits for those in sight. At most `limit` at
 * once; what is waiting is dropped when its signal says so.
 */
export class NewestFirst {
  readonly #limit: number;
  readonly #waiting: { start(): void }[] = [];
  #running = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** @throws the signal's reason where it is aborted before the work began */
  async run<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    if (this.#running >= this.#limit) await this.#wait(signal);
    else this.#running++;
    try {
      return await work();
    } finally {
      const next = this.#waiting.pop();
      if (next) next.start();
      else this.#running--;
    }
  }

  /** Resolves with the place of one that has ended. */
  #wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const drop = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(entry), 1);
        reject(signal?.reason as Error);
      };
      const entry = {
        start: () => {
          signal?.removeEventListener('abort', drop);
          resolve();
        },
      };
      signal?.addEventListener('abort', drop, { once: true });
      this.#waiting.push(entry);
    });
  }
}
