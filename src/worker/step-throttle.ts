import { Throttle, type Clock } from '../base/throttle.ts';
import type { RunEvent } from '../protocol/run-event.ts';
import { withMeasuresOf, type StepEvent } from '../protocol/step-event.ts';

/**
 * Passes on at most ten steps a second, the newest of each tenth; every other event at once, behind the step held back, so
 * that order is kept and the last step before an epoch's end is always told. What only some steps measure goes with the next one
 * that is passed on.
 */
export class StepThrottle {
  readonly #pass: (event: RunEvent) => void;
  readonly #throttle: Throttle;
  #held: StepEvent | null = null;

  constructor(pass: (event: RunEvent) => void, now?: Clock) {
    this.#pass = pass;
    this.#throttle = new Throttle(100, now);
  }

  push(event: RunEvent): void {
    if (event.type !== 'stepEnded') {
      this.flush();
      this.#pass(event);
      return;
    }
    this.#held = withMeasuresOf(this.#held, event);
    if (this.#throttle.passes()) this.flush();
  }

  /** Passes on the step held back, if there is one. */
  flush(): void {
    if (!this.#held) return;
    const event = this.#held;
    this.#held = null;
    this.#throttle.restart();
    this.#pass(event);
  }
}
