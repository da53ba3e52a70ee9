import { settings, type TrainConfig } from '../../src/settings/train-config.ts';
import type { TrainingPlan } from '../../src/schedules/training-plan.ts';
import { clamped } from '../state/setting-text.ts';

/** The geometry of the schedule that one drags. All pure; positions are steps and learning rates, never pixels. */

export type ScheduleConfig = TrainConfig['schedule'];

export interface CurvePoint {
  readonly step: number;
  readonly rate: number;
}

/**
 * One point every `pixels` of `width`, and both sides of every restart, so that no peak and no trough is missed however long the
 * run is. Ascending in `step`.
 */
export function curvePoints(plan: TrainingPlan, width: number, pixels = 2): CurvePoint[] {
  const last = plan.totalSteps - 1;
  const steps = new Set<number>([0, last]);
  const count = Math.max(1, Math.floor(width / pixels));
  for (let i = 0; i <= count; i++) steps.add(Math.min(last, Math.floor((i / count) * plan.totalSteps)));
  for (const restart of plan.restarts) steps.add(restart - 1).add(restart);
  return [...steps].sort((a, b) => a - b).map((step) => ({ step, rate: plan.rate(step) }));
}

export type HandleName = 'peak' | 'floor' | 'warmup' | 'length' | 'growth' | 'epochs';

/** A place on the curve that can be taken hold of. */
export interface Handle {
  readonly name: HandleName;
  /** The setting that it moves. */
  readonly key: string;
  readonly axis: 'x' | 'y';
  readonly step: number;
  readonly rate: number;
}

const keys: Readonly<Record<HandleName, string>> = {
  peak: 'schedule.maxLearningRate',
  floor: 'schedule.minLearningRate',
  warmup: 'schedule.warmupEpochs',
  length: 'schedule.cycleEpochs',
  growth: 'schedule.cycleMultiplier',
  epochs: 'schedule.epochs',
};

export function handlesOf(config: ScheduleConfig, plan: TrainingPlan): Handle[] {
  const { maxLearningRate: peak, minLearningRate: floor } = config;
  const { totalSteps, restarts } = plan;
  const warm = plan.record.warmupSteps;
  const at = (name: HandleName, axis: 'x' | 'y', step: number, rate: number): Handle => ({
    name,
    key: keys[name],
    axis,
    step,
    rate,
  });
  const first = at('peak', 'y', warm, peak);
  const warmup = at('warmup', 'x', warm, floor);
  if (config.name !== 'sgdr') {
    const end = at('epochs', 'x', totalSteps, peak);
    const low = at('floor', 'y', totalSteps - 1, Math.max(floor, plan.rate(totalSteps - 1)));
    return config.name === 'constant' ? [first, warmup, end] : [first, warmup, low, end];
  }
  // They ride at the height of the peak that follows, or would follow.
  const peakOf = (cycle: number): number => Math.max(floor, peak * config.peakDecay ** cycle);
  const [one = totalSteps, two] = [...restarts, totalSteps];
  const lengths = [
    at('length', 'x', one, peakOf(1)),
    ...(two === undefined ? [] : [at('growth', 'x', two, peakOf(2))]),
  ];
  return [first, warmup, at('floor', 'y', one - 1, floor), ...lengths];
}

/**
 * The value of the handle's setting when it stands at `step` and `rate`: on a grid that people would type, inside the limits of
 * the schema and of the settings around it.
 */
export function draggedValue(
  handle: Handle,
  to: { readonly step: number; readonly rate: number },
  config: ScheduleConfig,
  plan: TrainingPlan,
): number {
  const within = (value: number): number => clamped(settings.get(handle.key)!, value);
  const afterWarmUp = plan.epochsIn(to.step - plan.record.warmupSteps);
  switch (handle.name) {
    case 'peak':
      return within(Math.max(typed(to.rate), config.minLearningRate));
    case 'floor':
      return within(Math.min(typed(to.rate), config.maxLearningRate));
    case 'warmup': {
      const longest = config.name === 'sgdr' ? Infinity : config.epochs - 0.25;
      return within(Math.min(longest, Math.round(4 * plan.epochsIn(to.step)) / 4));
    }
    case 'length':
      return within(Math.max(1, Math.round(afterWarmUp)));
    case 'growth': {
      const growth = (afterWarmUp - config.cycleEpochs) / config.cycleEpochs;
      return within(Number(Math.max(1, growth).toFixed(1)));
    }
    case 'epochs':
      return within(Math.max(Math.floor(config.warmupEpochs) + 1, Math.round(plan.epochsIn(to.step))));
  }
}

/** Two significant digits: nobody means 0.0031847. */
function typed(rate: number): number {
  return rate <= 0 ? 0 : Number(rate.toPrecision(2));
}
