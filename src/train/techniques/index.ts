import { AnnealError } from '../../base/errors.ts';
import type { TrainConfig } from '../../protocol/train-config.ts';
import type { Technique } from '../technique.ts';
import { classWeights } from './class-weights.ts';
import { gradientClipping } from './gradient-clipping.ts';
import { labelSmoothing } from './label-smoothing.ts';

/** Every technique, in the order of application. */
export const techniques: readonly Technique[] = [labelSmoothing, classWeights, gradientClipping];

/** Throws the first conflict that a configuration holds. */
export function assertTechniquesAgree(config: TrainConfig): void {
  for (const technique of techniques) {
    const conflict = technique.conflict?.(config);
    if (conflict) throw new AnnealError(conflict.code, conflict.params);
  }
}
