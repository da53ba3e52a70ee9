import { AnnealError } from '../base/errors.ts';
import type { FailureData } from '../base/failure.ts';
import type { ChosenMember, TestSeal } from '../protocol/ensemble-view.ts';
import type { RunResult } from '../protocol/run-event.ts';
import type { RunSummary } from '../protocol/run-record.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { configurationKind } from '../stored/configuration.ts';
import { decode, type StoredKind } from '../stored/kind.ts';
import { accuracyKind, chosenKind, curveKind, failureKind, resultKind, sealKind } from '../stored/run.ts';
import type { Lease } from './process-lease.ts';
import { readableJson } from './table.ts';

/** Columns that are what a summary has under the same name. */
type PlainColumns = Omit<RunSummary, 'runId' | 'pinned' | 'dataset' | 'progress' | 'curve' | 'heldOutAccuracy'>;

/** What lists read: no configuration, no result. */
export interface HeadRow
  extends PlainColumns, NonNullable<RunSummary['progress']>, Omit<RunSummary['dataset'], 'dataset'> {
  id: string;
  pinned: number;
  heldOutAccuracy: string | null;
  curve: string;
  leasePid: number | null;
  leaseStart: string | null;
  datasetVersionId: number;
  dataset: number;
}

export interface RunRow extends HeadRow {
  config: string;
  result: string | null;
  error: string | null;
  chosen: string | null;
  seal: string | null;
  discardedBy: string | null;
}

/** A run as lists show it, with who works on it. */
export interface RunHead extends RunSummary {
  readonly datasetVersionId: number;
  readonly lease: Lease | null;
}

/** A run as the store holds it. */
export interface StoredRun extends RunHead {
  readonly config: TrainConfig;
  readonly result: RunResult | null;
  readonly error: FailureData | null;
  /** Members that its ensemble averages; null before there is one. */
  readonly chosen: readonly ChosenMember[] | null;
  readonly seal: TestSeal | null;
  /** Hidden, to be freed when the process that discarded it is gone. */
  readonly discarded: boolean;
}

/** Columns of a HeadRow. A queued run stands behind those of its own process that work or were queued earlier. */
export const headColumns = `runs.id, runs.number, runs.name, runs.note, runs.pinned, runs.state, runs.attempt, runs.purpose, runs.preset, runs.backbone,
  runs.heldOutAccuracy, json_array_length(${readableJson('runs.chosen')}) AS averaged, runs.epoch, runs.totalEpochs, runs.cycle,
  runs.totalCycles, runs.curve, runs.createdAt, runs.endedAt, runs.leasePid, runs.leaseStart, runs.datasetVersionId,
  (SELECT count(*) FROM members WHERE members.runId = runs.id) AS members,
  CASE WHEN runs.state <> 'queued' THEN 0 ELSE (
    SELECT count(*) FROM runs AS other WHERE other.id <> runs.id AND other.leasePid IS runs.leasePid AND (other.state IN ('running', 'paused')
      OR (other.state = 'queued' AND (other.queuedAt, other.number) < (runs.queuedAt, runs.number)))) END AS queuedBehind,
  datasets.id AS dataset, datasets.root, versions.contentHash, versions.pictures, versions.classes,
  (SELECT count(*) FROM dataset_versions AS earlier WHERE earlier.datasetId = versions.datasetId AND earlier.id <= versions.id) AS version`;

export const runTables = `runs JOIN dataset_versions AS versions ON versions.id = runs.datasetVersionId
  JOIN datasets ON datasets.id = versions.datasetId`;

const where = ({ id }: HeadRow): string => `run ${id}`;

function decoded<T>(kind: StoredKind<T>, text: string | null, row: HeadRow): T | null {
  return text === null ? null : decode(kind, text, where(row));
}

/** Null where it cannot be read. */
function readable<T>(kind: StoredKind<T>, text: string | null, row: HeadRow): T | null {
  try {
    return decoded(kind, text, row);
  } catch (error) {
    if (error instanceof AnnealError) return null;
    throw error;
  }
}

/** Leaves out what cannot be read: one damaged run must not take the list of all with it. */
export function toHead(row: HeadRow): RunHead {
  const { epoch, totalEpochs, cycle, totalCycles, members, ...withoutProgress } = row;
  const { root, contentHash, pictures, classes, version, dataset, ...withoutDataset } = withoutProgress;
  const { id, pinned, curve, heldOutAccuracy, leasePid, leaseStart, ...plain } = withoutDataset;
  return {
    ...plain,
    runId: id,
    pinned: pinned === 1,
    dataset: { root, contentHash, pictures, classes, dataset: String(dataset), version },
    progress: epoch > 0 || members > 0 ? { epoch, totalEpochs, cycle, totalCycles, members } : null,
    curve: readable(curveKind, curve, row) ?? [],
    heldOutAccuracy: readable(accuracyKind, heldOutAccuracy, row),
    lease: leasePid === null ? null : { pid: leasePid, start: leaseStart ?? 'unknown' },
  };
}

/** Throws stored.damaged and stored.newer. */
export function toRun({ config, result, error, chosen, seal, discardedBy, ...row }: RunRow): StoredRun {
  return {
    ...toHead(row),
    curve: decode(curveKind, row.curve, where(row)),
    heldOutAccuracy: decoded(accuracyKind, row.heldOutAccuracy, row),
    config: decode(configurationKind, config, where(row)),
    result: decoded(resultKind, result, row),
    error: decoded(failureKind, error, row),
    chosen: decoded(chosenKind, chosen, row),
    seal: decoded(sealKind, seal, row),
    discarded: discardedBy !== null,
  };
}
