import type { EpochPoint, RunFacts } from '../../state/run-model.ts';

/** Something about the curves that a newcomer would ask about. */
export type Noticed =
  { readonly kind: 'memorising'; readonly epochs: number; readonly since: number } | { readonly kind: 'trainingAbove' };

/** Epochs in a row that make a rise of the validation loss more than noise. */
const risingEpochs = 4;

/**
 * Validation loss that rises while training loss falls, over the newest epochs; and training loss above validation loss from
 * the start, which augmentation and label smoothing explain.
 */
export function noticed({ epochs }: Pick<RunFacts, 'epochs'>): Noticed | null {
  let rising = 0;
  for (let i = epochs.length - 1; i > 0 && memorises(epochs[i - 1]!, epochs[i]!); i--) rising++;
  if (rising >= risingEpochs) return { kind: 'memorising', epochs: rising, since: epochs.at(-1)!.epoch - rising };
  const judged = epochs.filter(({ validationLoss }) => validationLoss !== null);
  if (judged.length >= 2 && judged.every(({ trainLoss, validationLoss }) => trainLoss > validationLoss!))
    return { kind: 'trainingAbove' };
  return null;
}

function memorises(before: EpochPoint, after: EpochPoint): boolean {
  if (before.validationLoss === null || after.validationLoss === null) return false;
  return after.validationLoss > before.validationLoss && after.trainLoss < before.trainLoss;
}
