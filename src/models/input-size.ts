import { median } from '../base/median.ts';
import type { Preprocessing } from '../protocol/preprocessing.ts';
import type { TrainConfig } from '../settings/train-config.ts';

/** Size at which heads see pictures: the configuration's, else the one the weights were trained at. */
export function headInputSize(
  { model }: TrainConfig,
  { preprocessing }: { readonly preprocessing: Preprocessing },
): number {
  return model.inputSize ?? preprocessing.inputSize;
}

/**
 * Side that fine-tuning works at when none is asked for: the weights' own, or less for small pictures, which only cost time
 * when they are blown up (four times their short side is enough for a trunk of stride 32).
 */
export function fineTuneInputSize(preprocessing: Preprocessing, shortSides: readonly number[]): number {
  const side = median(shortSides) ?? preprocessing.inputSize;
  return Math.min(preprocessing.inputSize, 32 * Math.ceil((4 * side) / 32));
}
