import type { FailureData } from '../base/failure.ts';
import type { ChosenMember, TestSeal } from '../protocol/ensemble-view.ts';
import type { RunResult } from '../protocol/run-event.ts';
import type { RunState, RunSummary } from '../protocol/run-record.ts';
import type { RunPurpose } from '../protocol/train-job.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { configurationKind } from '../stored/configuration.ts';
import { decode, type StoredKind } from '../stored/kind.ts';
import { accuracyKind, chosenKind, curveKind, failureKind, resultKind, sealKind } from '../stored/run.ts';
import type { Lease } from './process-lease.ts';

/** What lists read: no configuration, no result. */
export interface HeadRow {
  id: string;
  number: number;
  name: string;
  note: string;
  pinned: number;
  state: RunState;
  attempt: number;
  purpose: RunPurpose;
  preset: string;
  backbone: string | null;
  heldOutAccuracy: string | null;
  averaged: number | null;
  epoch: number;
  totalEpochs: number;
  cycle: number;
  totalCycles: number;
  members: number;
  curve: string;
  queuedBehind: number;
  createdAt: number;
  endedAt: number | null;
  leasePid: number | null;
  leaseStart: string | null;
  datasetVersionId: number;
  dataset: number;
  version: number;
  root: string;
  contentHash: string;
  pictures: number;
  classes: number;
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
  runs.heldOutAccuracy, json_array_length(runs.chosen) AS averaged, runs.epoch, runs.totalEpochs, runs.cycle,
  runs.totalCycles, runs.curve, runs.createdAt, runs.endedAt, runs.leasePid, runs.leaseStart, runs.datasetVersionId,
  (SELECT count(*) FROM members WHERE members.runId = runs.id) AS members,
  CASE WHEN runs.state <> 'queued' THEN 0 ELSE (
    SELECT count(*) FROM runs AS other WHERE other.id <> runs.id AND other.leasePid IS runs.leasePid AND (other.state IN ('running', 'paused')
      OR (other.state = 'queued' AND (other.queuedAt, other.number) < (runs.queuedAt, runs.number)))) END AS queuedBehind,
  datasets.id AS dataset, datasets.root, versions.contentHash, versions.pictures, versions.classes,
  (SELECT count(*) FROM dataset_versions AS earlier WHERE earlier.datasetId = versions.datasetId AND earlier.id <= versions.id) AS version`;

export const runTables = `runs JOIN dataset_versions AS versions ON versions.id = runs.datasetVersionId
  JOIN datasets ON datasets.id = versions.datasetId`;

function decoded<T>(kind: StoredKind<T>, text: string | null, { id }: HeadRow): T | null {
  return text === null ? null : decode(kind, text, `run ${id}`);
}

export function toHead(row: HeadRow): RunHead {
  const { epoch, totalEpochs, cycle, totalCycles, members } = row;
  const { root, contentHash, pictures, classes, version } = row;
  return {
    runId: row.id,
    number: row.number,
    name: row.name,
    note: row.note,
    pinned: row.pinned === 1,
    state: row.state,
    attempt: row.attempt,
    purpose: row.purpose,
    preset: row.preset,
    backbone: row.backbone,
    dataset: { root, contentHash, pictures, classes, dataset: String(row.dataset), version },
    progress: epoch > 0 || members > 0 ? { epoch, totalEpochs, cycle, totalCycles, members } : null,
    curve: decode(curveKind, row.curve, `run ${row.id}`),
    queuedBehind: row.queuedBehind,
    createdAt: row.createdAt,
    endedAt: row.endedAt,
    heldOutAccuracy: decoded(accuracyKind, row.heldOutAccuracy, row),
    averaged: row.averaged,
    datasetVersionId: row.datasetVersionId,
    lease: row.leasePid === null ? null : { pid: row.leasePid, start: row.leaseStart ?? 'unknown' },
  };
}

export function toRun(row: RunRow): StoredRun {
  return {
    ...toHead(row),
    config: decode(configurationKind, row.config, `run ${row.id}`),
    result: decoded(resultKind, row.result, row),
    error: decoded(failureKind, row.error, row),
    chosen: decoded(chosenKind, row.chosen, row),
    seal: decoded(sealKind, row.seal, row),
    discarded: row.discardedBy !== null,
  };
}
