import { AnnealError } from '../base/errors.ts';
import { makeSplit } from '../data/make-split.ts';
import type { Problem, Split } from '../protocol/dataset.ts';
import { headInputSize } from './network.ts';
import { startPreprocessing } from './random-start.ts';
import type { RunContext } from './run-context.ts';

/** Who does what in a run. Indices into the dataset. */
export interface PreparedRun {
  readonly split: Split;
  /** Pictures that may be trained on. */
  readonly pool: readonly number[];
  /** Held out by the folder itself or drawn inside train; empty where folds do the choosing. */
  readonly validation: readonly number[];
  /** True: folds over the pool choose, and afterwards everything in it trains. */
  readonly byFolds: boolean;
  readonly labelOf: (picture: number) => number;
  readonly classes: number;
  readonly problems: readonly Problem[];
}

/**
 * Gives every picture its role. Heads on cached features are always chosen by folds; fine-tuning is below
 * `data.foldChoiceBelow` training pictures, where a single validation part would be noise.
 */
export async function prepareRun(context: RunContext): Promise<PreparedRun> {
  const { config, dataset } = context.job;
  const drawn = makeSplit(dataset, { seed: config.seed, ...config.data });
  const gone = await picturesGone(context);
  const there = (part: readonly number[]) => part.filter((picture) => !gone.pictures.has(picture));
  const split = { ...drawn, train: there(drawn.train), validation: there(drawn.validation), test: there(drawn.test) };
  const ownValidation = split.origin.validation === 'folder';
  const trainable = ownValidation ? split.train.length : split.train.length + split.validation.length;
  const small = config.tune.regime !== 'scratch' && trainable < config.data.foldChoiceBelow;
  const byFolds = !ownValidation && (config.tune.regime === 'head' || small);
  const pool = byFolds ? [...split.train, ...split.validation].sort((a, b) => a - b) : split.train;
  const unjudged = !byFolds && split.validation.length === 0;
  if (unjudged || pool.length < 2 * dataset.classes.length) {
    throw new AnnealError('train.tooFewPictures', { pictures: pool.length, classes: dataset.classes.length });
  }
  return {
    split,
    pool,
    validation: byFolds ? [] : split.validation,
    byFolds,
    labelOf: (picture) => dataset.pictures[picture]!.label,
    classes: dataset.classes.length,
    problems: [...drawn.problems, ...gone.problems],
  };
}

/** Pictures that vanished, changed or broke since the folder was scanned: they take no part, and the run goes on. */
async function picturesGone(context: RunContext): Promise<{ pictures: Set<number>; problems: readonly Problem[] }> {
  const { backbones, config } = context.job;
  const [first] = backbones;
  if (config.model.pretrained && !first) return { pictures: new Set(), problems: [] };
  // The size that heads are chosen at, so that the cache serves the features too.
  const preprocessing =
    config.model.pretrained && first
      ? { ...first.preprocessing, inputSize: headInputSize(config, first) }
      : startPreprocessing(config);
  const cache = await context.openPictures(preprocessing);
  return { pictures: new Set(cache.missing), problems: cache.problems };
}
