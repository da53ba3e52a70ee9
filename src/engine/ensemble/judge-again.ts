import { join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { groupsBy } from '../../data/groups-by.ts';
import { makeFolds } from '../../data/make-folds.ts';
import { makeSplit } from '../../data/make-split.ts';
import { trainingParts } from '../../data/training-parts.ts';
import type { MemberPredictions } from '../../protocol/lane-job.ts';
import { memberKinds } from '../../protocol/member-kinds/index.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { readFolds } from '../../weights/folds-file.ts';
import { writeMembers } from '../../weights/members-file.ts';
import { writeHeldOut } from '../../weights/prediction-files.ts';
import { membersOfRun } from '../members-of-run.ts';

/**
 * Has the members of a finished run judge the held-out pictures again, and keeps their predictions as training would have.
 * Snapshots that were fine-tuned on all pictures cannot: their out-of-fold predictions came from other networks.
 * @param predict pictures as absolute paths, members by name
 * @throws ensemble.cannotCompute, ensemble.picturesGone
 */
export async function judgeAgain(
  store: Store,
  run: StoredRun,
  predict: (pictures: readonly string[], members: readonly string[]) => Promise<MemberPredictions>,
): Promise<void> {
  const { runId, config, result, datasetVersionId } = run;
  if (!result) throw new AnnealError('engine.noModel', { runId, state: run.state });
  const folder = join(store.layout.runs, runId);
  const dataset = store.datasets.read(datasetVersionId);
  const split = makeSplit(dataset, { seed: config.seed, ...config.data });
  const { headPool, validation, byFolds: triedOnFolds, ownValidation } = trainingParts(split, config);
  const listed = await membersOfRun(store, runId);
  const trainedOnPool = listed.some(({ kind }) => memberKinds[kind].trainedOn === 'pool');
  if (triedOnFolds && trainedOnPool) throw new AnnealError('ensemble.cannotCompute', { runId });
  // Heads know a validation part that was drawn, also where fine-tuning was tried on it.
  const byFolds = !trainedOnPool && !ownValidation;
  const kept = byFolds ? await readFolds(folder) : null;
  // Pictures that were gone when the run began are in no fold.
  const pictures = byFolds ? headPool.filter((index) => kept?.has(index) ?? true) : validation;
  const { members, trunkMilliseconds, problems } = await predict(
    pictures.map((index) => join(dataset.root, dataset.pictures[index]!.path)),
    listed.map(({ name }) => name),
  );
  if (problems.length > 0)
    throw new AnnealError('ensemble.picturesGone', { count: problems.length, path: problems[0]!.path });
  const predictions = new Map(members.map((member) => [member.name, member]));
  const ofListed = listed.map(({ name }) => predictions.get(name)!);
  const labels = Int32Array.from(pictures, (index) => dataset.pictures[index]!.label);
  const groupOf = groupsBy(dataset.pictures, config.data.groupBy);
  const groups = pictures.map((index) => groupOf[index]!);
  const made = () => makeFolds(labels, groups, config.data.folds, config.seed);
  const foldOf = kept ? Int32Array.from(pictures, (index) => kept.get(index)!) : null;
  const judge = byFolds ? (foldOf ?? made()) : null;
  const classes = dataset.classes.length;
  const file = {
    split: result.ensemble.split,
    pictures: Int32Array.from(pictures),
    labels,
    trunkMilliseconds,
    byFolds: judge && { judge, probabilities: outOfFold(judge, ofListed, classes) },
  };
  await writeHeldOut(folder, file, classes);
  await writeMembers(
    folder,
    listed.map((member, i) => ({ ...member, milliseconds: ofListed[i]!.milliseconds })),
  );
  if (judge) return;
  for (const [i, { sha256: member }] of listed.entries()) {
    const entry = { member, datasetVersionId, split: result.ensemble.split, runId, classes };
    store.predictions.put({ ...entry, pictures: pictures.length, probabilities: ofListed[i]!.probabilities });
  }
}

/** Of each picture the prediction of the head that did not train on it. */
function outOfFold(
  judge: Int32Array,
  heads: readonly { readonly probabilities: Float32Array }[],
  classes: number,
): Float32Array {
  const pooled = new Float32Array(judge.length * classes);
  judge.forEach((head, row) =>
    pooled.set(heads[head]!.probabilities.subarray(row * classes, (row + 1) * classes), row * classes),
  );
  return pooled;
}
