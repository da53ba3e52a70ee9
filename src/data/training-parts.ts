import type { DatasetIndex, Split } from '../protocol/dataset.ts';
import type { TrainConfig } from '../settings/train-config.ts';

/** Which pictures train and which judge. */
export interface TrainingParts {
  /** Pictures that may be trained on. */
  readonly pool: readonly DatasetIndex[];
  /** Held out by the folder itself or drawn inside train; empty where folds do the choosing. */
  readonly validation: readonly DatasetIndex[];
  /** True: folds over the pool choose, and afterwards everything in it trains. */
  readonly byFolds: boolean;
  /** Pictures that heads are fitted on and compared over, by folds: the pool, and a validation part that was drawn from its pictures. */
  readonly headPool: readonly DatasetIndex[];
  /** The validation part is the folder's own. */
  readonly ownValidation: boolean;
}

/**
 * Heads on cached features are always chosen by folds; fine-tuning is below `data.foldChoiceBelow` training pictures, where a
 * single validation part would be noise. A validation part that the folder itself brings is used as it is: who made it knows which
 * pictures the network will meet, and folds of the training part may share what they should not.
 */
export function trainingParts(split: Split, config: TrainConfig): TrainingParts {
  const ownValidation = split.origin.validation === 'folder';
  const trainable = ownValidation ? split.train.length : split.train.length + split.validation.length;
  const small = config.tune.regime !== 'scratch' && trainable < config.data.foldChoiceBelow;
  const byFolds = !ownValidation && (config.tune.regime === 'head' || small);
  const onlyTrain = ownValidation || (!byFolds && !config.data.heldOutChoice);
  const headPool = onlyTrain ? split.train : [...split.train, ...split.validation].sort((a, b) => a - b);
  const pool = byFolds ? headPool : split.train;
  return { pool, validation: byFolds ? [] : split.validation, byFolds, headPool, ownValidation };
}
