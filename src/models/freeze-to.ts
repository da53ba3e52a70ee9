import { AnnealError } from '../base/errors.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import type { NetSpec } from './net-spec.ts';

type TuneConfig = TrainConfig['tune'];

/**
 * First layer group that trains, counted from the shallow end; those below it are frozen. `tune.freezeTo` where it is
 * set, else by regime: `head` the last group only, `upper` the upper half, `all` and `scratch` everything.
 * Throws `models.freezeOutOfRange`.
 */
export function freezeToOf(spec: NetSpec, tune: TuneConfig): number {
  const last = spec.groups.length - 1;
  if (tune.freezeTo !== null) {
    if (tune.freezeTo <= last) return tune.freezeTo;
    throw new AnnealError('models.freezeOutOfRange', {
      architecture: spec.architecture,
      freezeTo: tune.freezeTo,
      last,
    });
  }
  switch (tune.regime) {
    case 'head':
      return last;
    case 'upper':
      return Math.floor(spec.groups.length / 2);
    default:
      return 0;
  }
}
