import type { PlannedLayerGroup, PlannedUnfreezing } from '../protocol/plan-record.ts';
import type { TrainConfig } from '../settings/train-config.ts';

export interface LayerFacts {
  /** Shallow to deep; the head's is the last. */
  readonly layerGroups: readonly PlannedLayerGroup[];
  /** First group that ever trains, from the shallow end. */
  readonly freezeTo: number;
}

/**
 * First layer group that trains in cycle `cycle` (0-based) under gradual unfreezing (Howard & Ruder 2018, arXiv 1801.06146, section
 * 3.3): one more with each cycle, down to `freezeTo`. Cycle 0 trains a random head alone, but beside a fitted head the group below it
 * too.
 */
function freezeToInCycle(
  { layerGroups, freezeTo }: LayerFacts,
  headStart: TrainConfig['tune']['headStart'],
  cycle: number,
): number {
  const fitted = headStart === 'fitted' ? 1 : 0;
  return Math.max(freezeTo, layerGroups.length - 1 - cycle - fitted);
}

/** Where the freeze boundary lies, from each step at which it moves on. `cycleStarts`: first steps of the cycles; null: none. */
export function plannedUnfreezings(
  tune: TrainConfig['tune'],
  layers: LayerFacts,
  cycleStarts: readonly number[] | null,
): PlannedUnfreezing[] {
  const { freezeTo } = layers;
  if (!tune.gradualUnfreezing || cycleStarts === null) return [{ step: 0, freezeTo }];
  return cycleStarts
    .map((step, cycle) => ({ step, freezeTo: freezeToInCycle(layers, tune.headStart, cycle) }))
    .filter((entry, i, all) => i === 0 || entry.freezeTo !== all[i - 1]!.freezeTo);
}
