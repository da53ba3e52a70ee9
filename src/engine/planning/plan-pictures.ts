import { makeSplit } from '../../data/make-split.ts';
import { trainingParts } from '../../data/training-parts.ts';
import type { Dataset, Split } from '../../protocol/dataset.ts';
import type { TrainConfig } from '../../settings/train-config.ts';
import { Recent } from './recent.ts';

/** Counts that a plan follows from. */
export interface PlanPictures {
  readonly contentHash: string;
  readonly classes: number;
  /** All of the dataset: what is decoded. */
  readonly all: number;
  /** Pixels of all picture files, in millions: what decoding costs. */
  readonly megapixels: number;
  readonly pool: number;
  /** Pictures that heads are fitted on, and that judge them besides. */
  readonly headPool: number;
  readonly headJudged: number;
  readonly validation: number;
  readonly test: number;
  readonly byFolds: boolean;
  /** Median shorter side of the pool, pixels. */
  readonly shortSide: number;
}

const counts = new Recent<PlanPictures>(32);
/** Hold an index for each picture. */
const splits = new Recent<Split>(2);
const megapixels = new WeakMap<Dataset, number>();

/** Who would do what in a run with this configuration. */
export function planPictures(dataset: Dataset, config: TrainConfig): PlanPictures {
  const { testFraction, validationFraction, noTest, groupBy, foldChoiceBelow, heldOutChoice } = config.data;
  const drawn = [
    dataset.root,
    dataset.contentHash,
    config.seed,
    testFraction,
    validationFraction,
    noTest,
    groupBy,
  ].join('\n');
  const parts = [drawn, foldChoiceBelow, heldOutChoice, config.tune.regime].join('\n');
  return counts.get(parts, () => {
    const split = splits.get(drawn, () => makeSplit(dataset, { seed: config.seed, ...config.data }));
    return count(dataset, split, config);
  });
}

function count(dataset: Dataset, split: Split, config: TrainConfig): PlanPictures {
  const { pictures } = dataset;
  const { pool, headPool, validation, byFolds, ownValidation } = trainingParts(split, config);
  const sides = Float64Array.from(pool, (index) => Math.min(pictures[index]!.width, pictures[index]!.height)).sort();
  return {
    contentHash: dataset.contentHash,
    classes: dataset.classes.length,
    all: pictures.length,
    megapixels: megapixelsOf(dataset),
    pool: pool.length,
    headPool: headPool.length,
    headJudged: ownValidation ? validation.length : 0,
    validation: validation.length,
    test: split.test.length,
    byFolds,
    shortSide: sides[Math.floor(sides.length / 2)] ?? 0,
  };
}

function megapixelsOf(dataset: Dataset): number {
  const cached = megapixels.get(dataset);
  if (cached !== undefined) return cached;
  const sum = dataset.pictures.reduce((total, { width, height }) => total + width * height, 0) / 1e6;
  megapixels.set(dataset, sum);
  return sum;
}
