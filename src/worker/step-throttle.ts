import type { RunEvent } from '../protocol/run-event.ts';

const milliseconds = 100;

/**
 * Passes on at most ten steps a second, the newest of each tenth; every other event at once, behind the step held back, so
 * that order is kept and the last step before an epoch's end is always told.
 */
export class StepThrottle {
  readonly #pass: (event: RunEvent) => void;
  readonly #now: () => number;
  #held: RunEvent | null = null;
  #passedAt = -Infinity;

  constructor(pass: (event: RunEvent) => void, now: () => number = () => performance.now()) {
    this.#pass = pass;
    this.#now = now;
  }

  push(event: RunEvent): void {
    if (event.type !== 'stepEnded') {
      this.flush();
      this.#pass(event);
      return;
    }
    this.#held = event;
    if (this.#now() - this.#passedAt >= milliseconds) this.flush();
  }

  /** Passes on the step held back, if there is one. */
  flush(): void {
    if (!this.#held) return;
    const event = this.#held;
    this.#held = null;
    this.#passedAt = this.#now();
    this.#pass(event);
  }
}
