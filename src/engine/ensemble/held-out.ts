import { join } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { makeSplit } from '../../data/make-split.ts';
import { trainingParts } from '../../data/training-parts.ts';
import { averageProbabilities } from '../../metrics/average-probabilities.ts';
import { greedySelection } from '../../metrics/greedy-selection.ts';
import type { AccuracySplit } from '../../protocol/accuracy.ts';
import type { ChosenMember } from '../../protocol/ensemble-view.ts';
import type { StoredRun } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import {
  readHeldOut,
  readListedMembers,
  readMemberPredictions,
  type HeldOutFile,
} from '../../weights/prediction-files.ts';

/** A member of a run with what it said of the held-out pictures. */
export interface HeldOutMember {
  readonly name: string;
  readonly cycle: number;
  readonly sha256: string;
  readonly bytes: number;
  /** Of what is its own, a picture; 0 where it was not timed. */
  readonly milliseconds: number;
  /** float32 [pictures, classes]. Of a fold's head only the rows that it judged mean anything. */
  readonly probabilities: Float32Array;
}

/** What the members of a run said of the pictures that choices are made on. */
export interface HeldOut {
  readonly runId: string;
  readonly split: AccuracySplit;
  readonly classes: readonly string[];
  /** Relative to the dataset's root, one a row. */
  readonly paths: readonly string[];
  readonly labels: Int32Array;
  /** In the order of their cycles. */
  readonly members: readonly HeldOutMember[];
  /** For heads of folds: the place of the member that judged each picture; null where all judged all. */
  readonly judge: Int32Array | null;
  /** Layers that all members share, a picture. */
  readonly trunkMilliseconds: number;
  /** Members that the run's own rule averages. */
  readonly selected: readonly ChosenMember[];
  /** Pictures set aside for the test. */
  readonly testPictures: number;
}

type Loaded = Pick<HeldOut, 'members' | 'judge'>;

/**
 * From the database where the run has finished, from its folder while it trains.
 * @throws ensemble.noMembers before the first snapshot, ensemble.noPredictions where what they said has gone
 */
export async function loadHeldOut(store: Store, run: StoredRun): Promise<HeldOut> {
  const { runId, result } = run;
  const folder = join(store.layout.runs, runId);
  const dataset = store.datasets.read(run.datasetVersionId);
  const file = (await readHeldOut(folder)) ?? pictureFileOf(run, dataset);
  const rows = file.pictures.length * dataset.classes.length;
  const { members, judge } = file.byFolds
    ? headsOf(store, run, file.byFolds)
    : await comparable(store, run, folder, rows);
  if (members.length === 0)
    throw new AnnealError(result ? 'ensemble.noPredictions' : 'ensemble.noMembers', { runId, state: run.state });
  const missing = members.some(({ probabilities }) => probabilities.length !== rows);
  if (missing) throw new AnnealError('ensemble.noPredictions', { runId, state: run.state });
  return {
    runId,
    split: result?.ensemble.split ?? file.split,
    classes: dataset.classes,
    paths: Array.from(file.pictures, (index) => dataset.pictures[index]!.path),
    labels: file.labels,
    members,
    judge,
    trunkMilliseconds: file.trunkMilliseconds ?? 0,
    selected: result?.selected ?? ownSelection(run, members, file.labels),
    testPictures: result?.split.test ?? makeSplit(dataset, { seed: run.config.seed, ...run.config.data }).test.length,
  };
}

/** Runs that were made before the pictures were written down: the parts as their configuration draws them. */
function pictureFileOf(run: StoredRun, dataset: Parameters<typeof makeSplit>[0]): HeldOutFile {
  const split = makeSplit(dataset, { seed: run.config.seed, ...run.config.data });
  const { pool, validation, byFolds } = trainingParts(split, run.config);
  const pictures = Int32Array.from(byFolds ? pool : validation);
  const labels = pictures.map((index) => dataset.pictures[index]!.label);
  return { split: byFolds ? 'outOfFold' : 'validation', pictures, labels, trunkMilliseconds: null, byFolds: null };
}

function headsOf(store: Store, run: StoredRun, { judge, probabilities }: NonNullable<HeldOutFile['byFolds']>): Loaded {
  const members = store.snapshots
    .of(run.runId)
    .sort((a, b) => a.cycle - b.cycle)
    .map(({ name, cycle, sha256, bytes }) => ({ name, cycle, sha256, bytes, milliseconds: 0, probabilities }));
  return { members, judge };
}

async function comparable(store: Store, run: StoredRun, folder: string, rows: number): Promise<Loaded> {
  const { runId, result, datasetVersionId } = run;
  const listed = await readListedMembers(folder);
  const known = listed.map(({ cycle, member, milliseconds }) => ({
    cycle,
    ...member,
    milliseconds: milliseconds ?? null,
  }));
  const snapshots = store.snapshots.of(runId).map((snapshot) => ({ ...snapshot, milliseconds: null }));
  const candidates = result
    ? // What came after the best cycle of an early stop is no member.
      result.members.flatMap(({ sha256 }) => [...known, ...snapshots].find((one) => one.sha256 === sha256) ?? [])
    : known;
  const told = candidates.some(({ milliseconds }) => milliseconds === null) ? toldMilliseconds(store, runId) : 0;
  const members: HeldOutMember[] = [];
  for (const { name, cycle, sha256, bytes, milliseconds } of candidates) {
    const stored = result && store.predictions.get(sha256, datasetVersionId, result.ensemble.split);
    const probabilities = stored?.probabilities ?? (await readMemberPredictions(folder, { name, sha256 }));
    if (!probabilities || probabilities.length !== rows) continue;
    members.push({ name, cycle, sha256, bytes, milliseconds: milliseconds ?? told, probabilities });
  }
  return { members: members.sort((a, b) => a.cycle - b.cycle), judge: null };
}

/** A member's share of the latency that was told of the newest ensemble: what older runs left. */
function toldMilliseconds(store: Store, runId: string): number {
  const report = store.events
    .read(runId)
    .map(({ event }) => (event.type === 'ensembleEvaluated' ? event.report : null))
    .findLast((found) => found !== null);
  return report ? report.millisecondsPerPicture / report.members.length : 0;
}

/** As training weights its members at a cycle's end (ensemble/report-ensemble.ts). */
function ownSelection(run: StoredRun, members: readonly HeldOutMember[], labels: Int32Array): ChosenMember[] {
  const all = members.map(({ name }) => ({ name, weight: 1 }));
  if (run.config.ensemble.selection === 'all' || members.length === 1) return all;
  return greedyMembers(members, labels).members;
}

/** Caruana's forward selection over the members, with the accuracy of each step. */
export function greedyMembers(
  members: readonly HeldOutMember[],
  labels: Int32Array,
): { members: ChosenMember[]; order: readonly number[] } {
  const probabilities = members.map((member) => member.probabilities);
  const { counts, order } = greedySelection(probabilities, labels, { maxMembers: 2 * members.length });
  return { order, members: members.flatMap(({ name }, i) => (counts[i]! > 0 ? [{ name, weight: counts[i]! }] : [])) };
}

/** float32 [pictures, classes] of the chosen members. @throws ensemble.unknownMember */
export function averageOf(heldOut: HeldOut, chosen: readonly ChosenMember[]): Float32Array {
  const members = chosen.map(({ name }) => memberNamed(heldOut, name));
  return averageProbabilities(
    members.map(({ probabilities }) => probabilities),
    chosen.map(({ weight }) => weight),
  );
}

export function memberNamed({ members, runId }: HeldOut, name: string): HeldOutMember {
  const found = members.find((member) => member.name === name);
  if (found) return found;
  throw new AnnealError('ensemble.unknownMember', { runId, received: name, members: members.map((one) => one.name) });
}
