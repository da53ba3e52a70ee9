import { AnnealError } from '../base/errors.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import { constantRate } from './constant.ts';
import { cosineRate } from './cosine.ts';
import { cycleLengths, endsOf, equalEnds, spanOf } from './cycles.ts';
import { linearRate } from './linear.ts';
import type { Rate } from './rate.ts';
import { sgdrRate } from './sgdr.ts';
import { stepDecayRate } from './step-decay.ts';
import { withWarmUp } from './warm-up.ts';

/** The whole plan of learning rates of a run; pure, so the trainer and the chart of it cannot differ. */
export interface Schedule {
  /** Rate of step `step` (0-based) for the deepest layer group, the one with `lrScale` 1. */
  learningRate(step: number): number;
  readonly totalSteps: number;
  /** totalSteps / stepsPerEpoch rounded up: with a fractional warm-up or multiplier the last epoch is cut short. */
  readonly totalEpochs: number;
  /** Numbers of steps done after which a snapshot is taken, ascending; the last one is `totalSteps`. */
  readonly cycleEnds: readonly number[];
  /** Index of the cycle that step `step` belongs to; warm-up belongs to cycle 0. */
  cycleOf(step: number): number;
}

/**
 * `sgdr`: warm-up, then the cycles, each ending in a snapshot; its length follows from them.
 * The others: `epochs` long, warm-up included, `snapshots` snapshots at equal distances up to the end.
 * Throws `schedule.floorAbovePeak`, `schedule.warmupTooLong`, `schedule.tooManySnapshots`, `schedule.tooLong`.
 */
export function scheduleFromConfig(
  config: TrainConfig['schedule'],
  stepsPerEpoch: number,
  snapshots: number,
): Schedule {
  const { maxLearningRate, minLearningRate } = config;
  if (minLearningRate > maxLearningRate) {
    throw new AnnealError('schedule.floorAbovePeak', { minLearningRate, maxLearningRate });
  }
  const warmupSteps = Math.round(config.warmupEpochs * stepsPerEpoch);
  const { rate, steps, ends } = config.name === 'sgdr' ? cyclic() : acyclic();
  const totalSteps = warmupSteps + steps;
  const cycleEnds = ends ?? equalEnds(totalSteps, snapshots);
  return {
    learningRate: withWarmUp(rate, { warmupSteps, from: minLearningRate, to: maxLearningRate }),
    totalSteps,
    totalEpochs: Math.ceil(totalSteps / stepsPerEpoch),
    cycleEnds,
    cycleOf: (step) => spanOf(step, cycleEnds),
  };

  function cyclic(): Plan {
    const { cycleMultiplier, numCycles, peakDecay } = config;
    const cycleSteps = config.cycleEpochs * stepsPerEpoch;
    const ends = endsOf(cycleLengths(cycleSteps, cycleMultiplier, numCycles), warmupSteps);
    const rate = sgdrRate({ maxLearningRate, minLearningRate, cycleSteps, cycleMultiplier, numCycles, peakDecay });
    return { rate, steps: ends.at(-1)! - warmupSteps, ends };
  }

  function acyclic(): Plan {
    const steps = config.epochs * stepsPerEpoch - warmupSteps;
    if (steps < 1) {
      throw new AnnealError('schedule.warmupTooLong', { warmupEpochs: config.warmupEpochs, epochs: config.epochs });
    }
    return { rate: acyclicRate(config, steps), steps, ends: null };
  }
}

interface Plan {
  readonly rate: Rate;
  /** Without warm-up. */
  readonly steps: number;
  /** With warm-up; null where the schedule has no cycles of its own. */
  readonly ends: readonly number[] | null;
}

function acyclicRate(config: TrainConfig['schedule'], steps: number): Rate {
  const { maxLearningRate, minLearningRate } = config;
  switch (config.name) {
    case 'linear':
      return linearRate({ maxLearningRate, minLearningRate, steps });
    case 'cosine':
      return cosineRate({ maxLearningRate, minLearningRate, steps });
    case 'step':
      return stepDecayRate({
        maxLearningRate,
        minLearningRate,
        steps,
        milestones: config.stepMilestones,
        factor: config.stepFactor,
      });
    default:
      return constantRate(maxLearningRate);
  }
}
