import { AnnealError } from '../base/errors.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { NetSpec } from './net-spec.ts';

/**
 * Learning-rate factor of each layer group: `groupScales` as given, else layerDecay^(deepest − i), so that the head has 1
 * (timm's `layer_decay`; discriminative fine-tuning of Howard & Ruder 2018, arXiv 1801.06146, has 1/2.6 a layer).
 * Throws `optim.groupScaleCount`.
 */
export function lrScales(spec: NetSpec, tune: TrainConfig['tune']): number[] {
  const count = spec.groups.length;
  if (tune.groupScales === null) return spec.groups.map((_, i) => tune.layerDecay ** (count - 1 - i));
  if (tune.groupScales.length !== count) {
    throw new AnnealError('optim.groupScaleCount', {
      expected: count,
      received: tune.groupScales.length,
      groups: spec.groups.map((group) => group.name),
    });
  }
  return [...tune.groupScales];
}
