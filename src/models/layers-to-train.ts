import type { PlannedLayerGroup } from '../protocol/plan-record.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { freezeToOf } from './freeze-to.ts';
import { lrScales } from './lr-scales.ts';
import type { NetSpec } from './net-spec.ts';

/**
 * What a plan knows of a network: its layer groups, shallow to deep, and the first one that ever trains.
 * Throws `models.freezeOutOfRange`, `optim.groupScaleCount`.
 */
export function layersToTrain(
  spec: NetSpec,
  tune: TrainConfig['tune'],
): { readonly layerGroups: readonly PlannedLayerGroup[]; readonly freezeTo: number } {
  const scales = lrScales(spec, tune);
  const layerGroups = spec.groups.map(({ name }, i) => ({ name, lrScale: scales[i]! }));
  return { layerGroups, freezeTo: freezeToOf(spec, tune) };
}
