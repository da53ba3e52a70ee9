import { configFields } from '../../../src/protocol/config-fields.ts';
import type { ConfigValues } from '../../../src/protocol/config-values.ts';

/** The wizard's steps and where each setting stands. */
export const steps = ['goal', 'backbone', 'layers', 'schedule', 'pictures', 'review'] as const;
export type Step = (typeof steps)[number];

/** By the longest beginning of a key. */
const places: readonly (readonly [string, Step])[] = [
  ['seed', 'goal'],
  ['model.', 'backbone'],
  ['tune.', 'layers'],
  ['schedule.', 'schedule'],
  ['optimizer.', 'schedule'],
  ['ensemble.', 'schedule'],
  ['stop.', 'schedule'],
  ['augment.', 'pictures'],
  ['data.', 'pictures'],
  ['loss.', 'pictures'],
];

/** Where a setting is edited; what no step holds (a whole file) is told in the review. */
export function stepOfKey(key: string): Step {
  return places.find(([beginning]) => key.startsWith(beginning))?.[1] ?? 'review';
}

export function isStep(name: string | undefined): name is Step {
  return steps.some((step) => step === name);
}

const is =
  (key: string, ...wanted: readonly unknown[]) =>
  (values: ConfigValues): boolean =>
    wanted.includes(values.get(key));

/** Layers move in steps of an optimizer; a head alone on frozen features is solved. */
export const learnsInSteps = (values: ConfigValues): boolean => values.get('tune.regime') !== 'head';
export const inCycles = is('schedule.name', 'sgdr');

/** When a setting has an effect; those that are not named here always have. */
const conditions: Readonly<Partial<Record<string, (values: ConfigValues) => boolean>>> = {
  'data.testFraction': is('data.noTest', false),
  'augment.views': is('augment.mode', 'cachedViews'),
  'tune.l2Grid': (values) => values.get('tune.regime') === 'head' || values.get('tune.headStart') === 'fitted',
  'tune.layerDecay': learnsInSteps,
  'tune.headStart': learnsInSteps,
  'tune.gradualUnfreezing': (values) => learnsInSteps(values) && inCycles(values),
  'tune.normMode': learnsInSteps,
  'optimizer.momentum': is('optimizer.name', 'momentum', 'nesterov'),
  'optimizer.beta1': is('optimizer.name', 'adamw'),
  'optimizer.beta2': is('optimizer.name', 'adamw'),
  'optimizer.epsilon': is('optimizer.name', 'adamw'),
  'schedule.epochs': (values) => !inCycles(values),
  'schedule.minLearningRate': (values) => values.get('schedule.name') !== 'constant',
  'schedule.cycleEpochs': inCycles,
  'schedule.cycleMultiplier': inCycles,
  'schedule.numCycles': inCycles,
  'schedule.peakDecay': inCycles,
  'schedule.stepMilestones': is('schedule.name', 'step'),
  'schedule.stepFactor': is('schedule.name', 'step'),
  'ensemble.start': inCycles,
  'ensemble.snapshots': (values) => !inCycles(values),
  'stop.patienceCycles': inCycles,
};

export function hasEffect(key: string, values: ConfigValues): boolean {
  return configFields.has(key) && (conditions[key]?.(values) ?? true);
}
