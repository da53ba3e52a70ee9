import { availableParallelism } from 'node:os';

/** Decoding runs in libuv's threads; twice the cores keeps them busy while others read. */
export const defaultConcurrency = availableParallelism() * 2;

/**
 * Runs `work` for 0 … count − 1, at most `concurrency` at once, in order of start. The first failure stops further starts
 * and is thrown when those under way have ended.
 */
export async function runPool(
  count: number,
  concurrency: number,
  work: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const failures: unknown[] = [];
  const lane = async () => {
    while (next < count && failures.length === 0) {
      try {
        await work(next++);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, count) }, lane));
  if (failures.length > 0) throw failures[0];
}

/** Lets work through while the sum of weights stays within `budget`; what alone weighs more runs alone. */
class WeightGate {
  readonly #budget: number;
  #used = 0;
  readonly #waiting: { weight: number; start: () => void }[] = [];

  constructor(budget: number) {
    this.#budget = budget;
  }

  async run<T>(weight: number, work: () => Promise<T>): Promise<T> {
    const share = Math.min(weight, this.#budget);
    if (this.#waiting.length > 0 || this.#used + share > this.#budget) {
      await new Promise<void>((start) => this.#waiting.push({ weight: share, start }));
    } else this.#used += share;
    try {
      return await work();
    } finally {
      this.#used -= share;
      while (this.#waiting.length > 0 && this.#used + this.#waiting[0]!.weight <= this.#budget) {
        const { weight: next, start } = this.#waiting.shift()!;
        this.#used += next;
        start();
      }
    }
  }
}

/** Pixels decoded at the same time: keeps memory flat when a folder holds very large pictures. */
export const pixelGate = new WeightGate(64_000_000);
