/** Milliseconds of a clock that never goes back. */
export type Clock = () => number;

export const monotonicClock: Clock = () => performance.now();

/** Lets one thing through in every `milliseconds`; the first at once. */
export class Throttle {
  readonly #milliseconds: number;
  readonly #now: Clock;
  #passedAt = -Infinity;

  constructor(milliseconds: number, now: Clock = monotonicClock) {
    this.#milliseconds = milliseconds;
    this.#now = now;
  }

  /** Whether the next may pass now; the time counts from here then. */
  passes(): boolean {
    if (this.#now() - this.#passedAt < this.#milliseconds) return false;
    this.restart();
    return true;
  }

  /** Counts the time from now, as if something had passed. */
  restart(): void {
    this.#passedAt = this.#now();
  }
}
