export interface RangeOptions {
  /** First and last rate; between them it rises by the same factor every step. */
  readonly from: number;
  readonly to: number;
  readonly steps: number;
}

/** What a range test saw, step by step; shorter than planned where the loss broke away. */
export interface RangeCurve {
  readonly rates: readonly number[];
  /** Of each step, before its update: finite. */
  readonly losses: readonly number[];
  /** Exponential means of them, corrected for their beginning. */
  readonly smoothed: readonly number[];
}

const smoothing = 0.7;
/** The loss has broken away where its mean is so many times the smallest, as in fastai's `lr_find`. */
const brokenAway = 4;

/**
 * Learning-rate range test (Smith 2015, arXiv 1506.01186, section 3.3): one step at each rate of a geometric rise, until the loss breaks
 * away or is no number. `run` does one step at a rate and gives the loss before it.
 */
export async function rangeTest(
  run: (rate: number, step: number) => Promise<number>,
  { from, to, steps }: RangeOptions,
): Promise<RangeCurve> {
  const curve = { rates: [] as number[], losses: [] as number[], smoothed: [] as number[] };
  let mean = 0;
  for (let step = 0; step < steps; step++) {
    const rate = from * (to / from) ** (steps > 1 ? step / (steps - 1) : 0);
    const loss = await run(rate, step);
    if (!Number.isFinite(loss)) break;
    mean = smoothing * mean + (1 - smoothing) * loss;
    curve.rates.push(rate);
    curve.losses.push(loss);
    curve.smoothed.push(mean / (1 - smoothing ** (step + 1)));
    if (curve.smoothed.at(-1)! > brokenAway * Math.min(...curve.smoothed)) break;
  }
  return curve;
}

export interface Proposal {
  readonly rate: number;
  /** The highest rate at which the loss was still at its minimum; null where it was nowhere, not even at the first. */
  readonly limit: number | null;
}

/** Above its minimum by a tenth is still at it: batches differ. */
const atMinimum = 1.1;
/** A peak is held for many steps, and momentum builds up: so far below the limit. */
const belowLimit = 4;
/** How far the proposal may go from the rate that was set, down and up. */
const lowest = 0.1;
const highest = 3;

/**
 * The peak rate that a curve speaks for: a quarter of the last rate before the smoothed loss leaves its minimum, between a tenth and three
 * times the rate that was set. The losses of a step tell of the updates before it, so the limit is the rate of the step before.
 */
export function proposeRate({ rates, smoothed }: RangeCurve, set: number): Proposal {
  const best = smoothed.indexOf(Math.min(...smoothed));
  let last = best;
  while (last + 1 < smoothed.length && smoothed[last + 1]! <= atMinimum * smoothed[best]!) last++;
  const limit = rates[last - 1] ?? null;
  const rate = limit === null ? lowest * set : limit / belowLimit;
  return { rate: Math.min(highest * set, Math.max(lowest * set, rate)), limit };
}
