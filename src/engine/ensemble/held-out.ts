import { join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { makeSplit } from '../../data/make-split.ts';
import { trainingParts } from '../../data/training-parts.ts';
import { averageProbabilities } from '../../metrics/average-probabilities.ts';
import { memberWeights } from '../../metrics/member-weights.ts';
import { tempered } from '../../metrics/temperature.ts';
import type { AccuracySplit } from '../../protocol/accuracy.ts';
import type { ChosenMember } from '../../protocol/ensemble-view.ts';
import type { RunMember } from '../../protocol/run-member.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { readHeldOut, readMemberPredictions, type HeldOutFile } from '../../weights/prediction-files.ts';
import { memberNamed, membersOfRun } from '../members-of-run.ts';

/** A member of a run with its predictions for the held-out pictures. */
export interface HeldOutMember extends Pick<RunMember, 'name' | 'kind' | 'index' | 'sha256' | 'bytes'> {
  /** Of the layers that it shares with no other, a picture; 0 where it was not timed. */
  readonly milliseconds: number;
  /** At the model's temperature: float32 [pictures, classes]. Of a fold's head only the rows that it judged mean anything. */
  readonly probabilities: Float32Array;
}

/** Predictions of a run's members for the pictures that choices are made on. */
export interface HeldOut {
  readonly runId: string;
  readonly split: AccuracySplit;
  readonly classes: readonly string[];
  /** Relative to the dataset's root, one a row. */
  readonly paths: readonly string[];
  readonly labels: Int32Array;
  /** In the order they were saved. */
  readonly members: readonly HeldOutMember[];
  /** For heads of folds, by row: the place in `members` of the one that judged the picture; null where all judged all. */
  readonly judge: Int32Array | null;
  /** Of the model; 1 while the run trains. What is stored knows none. */
  readonly temperature: number;
  /** Layers that all members share, a picture. */
  readonly trunkMilliseconds: number;
  /** Members that the run's own rule averages. */
  readonly selected: readonly ChosenMember[];
  /** Pictures set aside for the test, and looked at once. */
  readonly testPictures: number;
}

/**
 * Predictions from the database where the run has finished, from its folder while it trains.
 * @throws what membersOfRun throws, ensemble.noMembers before the first snapshot, ensemble.noPredictions where predictions have gone
 */
export async function loadHeldOut(store: Store, run: StoredRun): Promise<HeldOut> {
  const { runId, result, state } = run;
  const folder = join(store.layout.runs, runId);
  const dataset = store.datasets.read(run.datasetVersionId);
  const file = (await readHeldOut(folder)) ?? pictureFileOf(run, dataset);
  const rows = file.pictures.length * dataset.classes.length;
  const members = await loadMembers(store, run, file.byFolds);
  if (members.length === 0)
    throw new AnnealError(result ? 'ensemble.noPredictions' : 'ensemble.noMembers', { runId, state });
  const missing = members.some(({ probabilities }) => probabilities.length !== rows);
  if (missing) throw new AnnealError('ensemble.noPredictions', { runId, state });
  const temperature = result?.temperature ?? 1;
  const calibrated = members.map((member) => ({
    ...member,
    probabilities: tempered(member.probabilities, dataset.classes.length, temperature),
  }));
  return {
    runId,
    split: result?.ensemble.split ?? file.split,
    classes: dataset.classes,
    paths: Array.from(file.pictures, (index) => dataset.pictures[index]!.path),
    labels: file.labels,
    members: calibrated,
    temperature,
    judge: file.byFolds?.judge ?? null,
    trunkMilliseconds: file.trunkMilliseconds ?? 0,
    selected: result?.selected ?? ownSelection(run, members, file.labels),
    testPictures: testPicturesOf(run, dataset),
  };
}

/** Of a trial none can be looked at. */
function testPicturesOf({ purpose, result, config }: StoredRun, dataset: Parameters<typeof makeSplit>[0]): number {
  if (purpose === 'trial') return 0;
  return result?.split.test ?? makeSplit(dataset, { seed: config.seed, ...config.data }).test.length;
}

/** Runs that were made before the pictures were written down: the parts as their configuration draws them. */
function pictureFileOf(run: StoredRun, dataset: Parameters<typeof makeSplit>[0]): HeldOutFile {
  const split = makeSplit(dataset, { seed: run.config.seed, ...run.config.data });
  const { pool, validation, byFolds } = trainingParts(split, run.config);
  const pictures = Int32Array.from(byFolds ? pool : validation);
  const labels = pictures.map((index) => dataset.pictures[index]!.label);
  return { split: byFolds ? 'outOfFold' : 'validation', pictures, labels, trunkMilliseconds: null, byFolds: null };
}

async function loadMembers(store: Store, run: StoredRun, byFolds: HeldOutFile['byFolds']): Promise<HeldOutMember[]> {
  const { runId, result, datasetVersionId } = run;
  const folder = join(store.layout.runs, runId);
  const listed = await membersOfRun(store, runId);
  const untimed = !byFolds && listed.some(({ milliseconds }) => milliseconds === null);
  const toldMilliseconds = untimed ? toldMemberMilliseconds(store, runId) : 0;
  const members: HeldOutMember[] = [];
  for (const { name, kind, index, sha256, bytes, milliseconds } of listed) {
    const stored = result && store.predictions.get(sha256, datasetVersionId, result.ensemble.split);
    const probabilities =
      byFolds?.probabilities ?? stored?.probabilities ?? (await readMemberPredictions(folder, { name, sha256 }));
    if (!probabilities) continue;
    members.push({ name, kind, index, sha256, bytes, milliseconds: milliseconds ?? toldMilliseconds, probabilities });
  }
  return members;
}

/** A member's share of the latency that was told of the newest ensemble: what older runs left. */
function toldMemberMilliseconds(store: Store, runId: string): number {
  const report = store.events
    .read(runId)
    .map(({ event }) => (event.type === 'ensembleEvaluated' ? event.report : null))
    .findLast((found) => found !== null);
  return report ? report.millisecondsPerPicture / report.members.length : 0;
}

/** As training weights its members at a cycle's end. */
function ownSelection(run: StoredRun, members: readonly HeldOutMember[], labels: Int32Array): ChosenMember[] {
  const probabilities = members.map((member) => member.probabilities);
  return weighted(members, memberWeights(probabilities, labels, run.config.ensemble.selection));
}

/** The members whose weight is above 0. */
export function weighted(members: readonly HeldOutMember[], weights: readonly number[]): ChosenMember[] {
  return members.flatMap(({ name }, i) => (weights[i]! > 0 ? [{ name, weight: weights[i]! }] : []));
}

/** float32 [pictures, classes] of the chosen members. @throws ensemble.unknownMember */
export function averageOf(heldOut: HeldOut, chosen: readonly ChosenMember[]): Float32Array {
  const members = chosen.map(({ name }) => memberNamed(heldOut, name));
  return averageProbabilities(
    members.map(({ probabilities }) => probabilities),
    chosen.map(({ weight }) => weight),
  );
}
