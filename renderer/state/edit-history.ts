/** Undo and redo over values that are never altered. */
export class EditHistory<T> {
  #past: T[] = [];
  #future: T[] = [];
  readonly #kept: number;

  /** `kept`: how many steps back are remembered. */
  constructor(kept = 200) {
    this.#kept = kept;
  }

  /** Call with what stood before a change. */
  push(before: T): void {
    this.#past = [...this.#past, before].slice(-this.#kept);
    this.#future = [];
  }

  /** What to go back to from `now`; undefined: nothing is left to undo. */
  undo(now: T): T | undefined {
    const before = this.#past.pop();
    if (before !== undefined) this.#future.push(now);
    return before;
  }

  redo(now: T): T | undefined {
    const after = this.#future.pop();
    if (after !== undefined) this.#past.push(now);
    return after;
  }
}
