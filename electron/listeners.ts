/** Who wants to hear of something. With `keep`, what was told while nobody listened is told to the first who comes. */
export class Listeners<T> {
  readonly #listeners = new Set<{ readonly hear: (value: T) => void }>();
  readonly #keep: boolean;
  #kept: T[] = [];

  constructor(options: { readonly keep?: boolean } = {}) {
    this.#keep = options.keep ?? false;
  }

  tell(value: T): void {
    if (this.#listeners.size === 0 && this.#keep) this.#kept.push(value);
    for (const { hear } of this.#listeners) hear(value);
  }

  /** Gives the way to end it. The same function may listen twice. */
  add(hear: (value: T) => void): () => void {
    const listener = { hear };
    this.#listeners.add(listener);
    const kept = this.#kept;
    this.#kept = [];
    for (const value of kept) hear(value);
    return () => void this.#listeners.delete(listener);
  }
}
