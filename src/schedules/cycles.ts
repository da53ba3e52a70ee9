import { AnnealError } from '../base/errors.ts';

/**
 * Length of each cycle in steps: `cycleSteps · cycleMultiplier^i`, rounded to whole steps, at least one.
 * Multiplier 1 gives the equal cycles of Snapshot Ensembles (Huang et al. 2017, arXiv 1704.00109).
 * Throws `schedule.tooLong` when the sum is no longer a number of steps that could be counted.
 */
export function cycleLengths(cycleSteps: number, cycleMultiplier: number, numCycles: number): number[] {
  const lengths: number[] = [];
  let exact = cycleSteps;
  let total = 0;
  for (let cycle = 0; cycle < numCycles; cycle++) {
    const length = Math.max(1, Math.round(exact));
    total += length;
    if (total > Number.MAX_SAFE_INTEGER) throw new AnnealError('schedule.tooLong', { numCycles, cycleMultiplier });
    lengths.push(length);
    exact *= cycleMultiplier;
  }
  return lengths;
}

/** Steps done when each span ends: the running sum of `lengths`. */
export function endsOf(lengths: readonly number[]): number[] {
  let total = 0;
  return lengths.map((length) => (total += length));
}

/** `parts` ends at equal distances, the last one at `totalSteps`. Throws where there are more parts than steps. */
export function equalEnds(totalSteps: number, parts: number): number[] {
  if (parts > totalSteps) throw new AnnealError('schedule.tooManySnapshots', { snapshots: parts, steps: totalSteps });
  return Array.from({ length: parts }, (_, i) => Math.round(((i + 1) * totalSteps) / parts));
}

/**
 * Index of the span that holds `step`; past the end, the last one. A loop over the ends, not floor(log(…)): the closed
 * form lands one cycle early on some first steps through rounding (step 1210 with cycles of 10, 30, 90, …).
 */
export function spanOf(step: number, ends: readonly number[]): number {
  let span = 0;
  while (span < ends.length - 1 && step >= ends[span]!) span++;
  return span;
}
