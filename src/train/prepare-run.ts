import { AnnealError } from '../base/errors.ts';
import { trainingParts, type TrainingParts } from '../data/training-parts.ts';
import { headInputSize } from '../models/input-size.ts';
import { untrainedPreprocessing } from '../models/trained-spec.ts';
import type { DatasetIndex, Problem, Split } from '../protocol/dataset.ts';
import type { RunContext } from './run-context.ts';

/** Who does what in a run. */
export interface PreparedRun extends TrainingParts {
  readonly split: Split;
  readonly labelOf: (picture: DatasetIndex) => number;
  readonly classes: number;
  readonly problems: readonly Problem[];
}

/** Gives every picture its role. */
export async function prepareRun(context: RunContext): Promise<PreparedRun> {
  const { config, dataset } = context.job;
  const drawn = context.split;
  const gone = await picturesGone(context);
  const there = (part: readonly DatasetIndex[]) => part.filter((picture) => !gone.pictures.has(picture));
  const split = { ...drawn, train: there(drawn.train), validation: there(drawn.validation), test: there(drawn.test) };
  const parts = trainingParts(split, config);
  const { pool, byFolds } = parts;
  const unjudged = !byFolds && split.validation.length === 0;
  if (unjudged || pool.length < 2 * dataset.classes.length) {
    throw new AnnealError('train.tooFewPictures', { pictures: pool.length, classes: dataset.classes.length });
  }
  return {
    ...parts,
    split,
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
      : untrainedPreprocessing(config);
  const cache = await context.openPictures(preprocessing);
  return { pictures: new Set(cache.missing), problems: cache.problems };
}
