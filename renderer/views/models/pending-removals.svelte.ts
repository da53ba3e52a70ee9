/** Long enough to think again, with the toast gone too. */
const wayBackMilliseconds = 30_000;

/**
 * Models that were removed by hand: out of sight at once, their files freed when the way back has lapsed. Lives beside the views, so
 * that leaving one neither hurries nor forgets it; closing the window keeps the files.
 */
class PendingRemovals {
  names = $state.raw<readonly string[]>([]);
  #timers: Readonly<Record<string, ReturnType<typeof setTimeout>>> = {};

  /** `free` is called once the way back has lapsed. */
  add(name: string, free: () => Promise<unknown>): void {
    this.names = [...this.names.filter((other) => other !== name), name];
    clearTimeout(this.#timers[name]);
    const timer = setTimeout(() => {
      const show = (): void => void (this.names = this.names.filter((other) => other !== name));
      void free().then(show, show);
    }, wayBackMilliseconds);
    this.#timers = { ...this.#timers, [name]: timer };
  }

  /** Whether there still was a way back. */
  takeBack(name: string): boolean {
    if (!this.names.includes(name)) return false;
    clearTimeout(this.#timers[name]);
    this.names = this.names.filter((other) => other !== name);
    return true;
  }
}

export const pendingRemovals = new PendingRemovals();
