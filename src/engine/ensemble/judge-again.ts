import { join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { makeFolds } from '../../data/make-folds.ts';
import { makeSplit } from '../../data/make-split.ts';
import { trainingParts } from '../../data/training-parts.ts';
import type { MemberAnswers } from '../../protocol/lane-job.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { writeHeldOut } from '../../weights/prediction-files.ts';

/**
 * Has the members of a finished run judge the held-out pictures again, and keeps what they say as training would have.
 * Snapshots that were fine-tuned on all pictures cannot: what the folds said of them came from other networks.
 * @param ask pictures as absolute paths, members by name
 * @throws ensemble.cannotCompute, ensemble.picturesGone
 */
export async function judgeAgain(
  store: Store,
  run: StoredRun,
  ask: (pictures: readonly string[], members: readonly string[]) => Promise<MemberAnswers>,
): Promise<void> {
  const { runId, config, result, datasetVersionId } = run;
  if (!result) throw new AnnealError('engine.noModel', { runId, state: run.state });
  const dataset = store.datasets.read(datasetVersionId);
  const split = makeSplit(dataset, { seed: config.seed, ...config.data });
  const { pool, validation, byFolds } = trainingParts(split, config);
  const heads = result.members.every(({ name }) => name.startsWith('fold-'));
  if (byFolds && !heads) throw new AnnealError('ensemble.cannotCompute', { runId });
  const pictures = byFolds ? pool : validation;
  const answers = await ask(
    pictures.map((index) => join(dataset.root, dataset.pictures[index]!.path)),
    result.members.map(({ name }) => name),
  );
  if (answers.problems.length > 0) {
    const [first] = answers.problems;
    throw new AnnealError('ensemble.picturesGone', { count: answers.problems.length, path: first!.path });
  }
  const classes = dataset.classes.length;
  const labels = Int32Array.from(pictures, (index) => dataset.pictures[index]!.label);
  const groups = pictures.map((index) => dataset.pictures[index]!.group);
  const judge = byFolds ? makeFolds(labels, groups, config.data.folds, config.seed) : null;
  const of = (name: string): Float32Array => answers.members.find((member) => member.name === name)!.probabilities;
  const pooled =
    judge &&
    pooledAnswers(
      judge,
      result.members.map(({ name }) => of(name)),
      classes,
    );
  const file = {
    split: result.ensemble.split,
    pictures: Int32Array.from(pictures),
    labels,
    trunkMilliseconds: answers.millisecondsPerPicture,
    byFolds: judge && pooled ? { judge, probabilities: pooled } : null,
  };
  await writeHeldOut(join(store.layout.runs, runId), file, classes);
  if (judge) return;
  for (const { name, sha256: member } of result.members) {
    const entry = { member, datasetVersionId, split: result.ensemble.split, runId, classes };
    store.predictions.put({ ...entry, pictures: pictures.length, probabilities: of(name) });
  }
}

/** Of each picture what the head said that did not train on it. */
function pooledAnswers(judge: Int32Array, members: readonly Float32Array[], classes: number): Float32Array {
  const pooled = new Float32Array(judge.length * classes);
  judge.forEach((member, row) =>
    pooled.set(members[member]!.subarray(row * classes, (row + 1) * classes), row * classes),
  );
  return pooled;
}
