import { cosineRate } from './cosine.ts';
import { cycleLengths, endsOf, spanOf } from './cycles.ts';
import type { Rate } from './rate.ts';
import type { ScheduleKind } from './schedule-kind.ts';

/**
 * Cosine annealing with warm restarts (Loshchilov & Hutter, arXiv 1608.03983, equation 5).
 *
 * Convention: the first step of each cycle is at that cycle's peak and the last one at the floor, both exactly, so a
 * snapshot taken after a cycle's last step has annealed fully and the step after it is at the next peak.
 * torch's `CosineAnnealingWarmRestarts` spreads the half wave over n instead of n − 1 intervals: its last step stands
 * one interval above the floor. Ours with cycles of n + 1 steps passes through torch's values with cycles of n, and
 * then takes one more step at the floor. A cycle of a single step is at the peak.
 *
 * Peak of cycle i: max(floor, maxLearningRate · peakDecay^i). Lengths: see `cycleLengths`.
 */
export function sgdrRate(options: {
  maxLearningRate: number;
  minLearningRate: number;
  cycleSteps: number;
  cycleMultiplier: number;
  numCycles: number;
  peakDecay: number;
}): Rate {
  const { maxLearningRate, minLearningRate, peakDecay } = options;
  const lengths = cycleLengths(options.cycleSteps, options.cycleMultiplier, options.numCycles);
  const ends = endsOf(lengths);
  const cycles = lengths.map((steps, i) =>
    cosineRate({
      maxLearningRate: Math.max(minLearningRate, maxLearningRate * peakDecay ** i),
      minLearningRate,
      steps,
    }),
  );
  return (step) => {
    const cycle = spanOf(step, ends);
    return cycles[cycle]!(step - (ends[cycle]! - lengths[cycle]!));
  };
}

/** Its length follows from its cycles. */
export const sgdr: ScheduleKind = {
  layOut(settings, { stepsPerEpoch }) {
    const { maxLearningRate, minLearningRate, cycleEpochs, cycleMultiplier, numCycles, peakDecay } = settings;
    const cycleSteps = cycleEpochs * stepsPerEpoch;
    const cycleEnds = endsOf(cycleLengths(cycleSteps, cycleMultiplier, numCycles));
    const rate = sgdrRate({ maxLearningRate, minLearningRate, cycleSteps, cycleMultiplier, numCycles, peakDecay });
    return { steps: cycleEnds.at(-1)!, cycleEnds, rate };
  },
};
