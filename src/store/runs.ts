import { AnnealError } from '../base/errors.ts';
import type { FailureData } from '../base/failure.ts';
import type { RunResult } from '../protocol/run-event.ts';
import { runTransitions, type RunState, type RunSummary } from '../protocol/run-record.ts';
import type { TrainConfig } from '../protocol/train-config.ts';
import type { Database } from './driver.ts';
import type { Lease } from './process-lease.ts';

interface Row {
  id: string;
  name: string;
  note: string;
  pinned: number;
  state: RunState;
  attempt: number;
  config: string;
  datasetVersionId: number;
  result: string | null;
  error: string | null;
  leasePid: number | null;
  leaseStart: string | null;
  createdAt: number;
  endedAt: number | null;
  root: string;
  contentHash: string;
  pictures: number;
  classes: number;
}

/** A run as the store holds it. */
export interface StoredRun extends RunSummary {
  readonly config: TrainConfig;
  readonly datasetVersionId: number;
  readonly result: RunResult | null;
  readonly error: FailureData | null;
  readonly lease: Lease | null;
}

const select = `SELECT runs.*, datasets.root, contentHash, pictures, classes FROM runs
  JOIN dataset_versions ON dataset_versions.id = datasetVersionId JOIN datasets ON datasets.id = datasetId`;

export class RunTable {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  create(run: {
    id: string;
    name: string;
    config: TrainConfig;
    datasetVersionId: number;
    createdAt: number;
    lease: Lease | null;
    state: RunState;
  }): void {
    const sql = `INSERT INTO runs (id, name, state, config, datasetVersionId, createdAt, leasePid, leaseStart) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING`;
    this.#database
      .prepare(sql)
      .run(
        run.id,
        run.name,
        run.state,
        JSON.stringify(run.config),
        run.datasetVersionId,
        run.createdAt,
        run.lease?.pid ?? null,
        run.lease?.start ?? null,
      );
  }

  /** Newest first. */
  list(): StoredRun[] {
    return this.#database.prepare<[], Row>(`${select} ORDER BY createdAt DESC, runs.id DESC`).all().map(toRun);
  }

  get(id: string): StoredRun | null {
    const row = this.#database.prepare<[string], Row>(`${select} WHERE runs.id = ?`).get(id);
    return row ? toRun(row) : null;
  }

  /** A run by its id, an unambiguous beginning of it, or 'last'. @throws store.noRuns, store.unknownRun, store.ambiguousRun */
  find(text: string): StoredRun {
    const exact = this.get(text);
    if (exact) return exact;
    const all = this.list();
    if (text === 'last') {
      if (all[0]) return all[0];
      throw new AnnealError('store.noRuns', {});
    }
    const matches = text === '' ? [] : all.filter((run) => run.runId.startsWith(text));
    if (matches.length > 1)
      throw new AnnealError('store.ambiguousRun', { received: text, runs: matches.map((run) => run.runId) });
    if (!matches[0])
      throw new AnnealError('store.unknownRun', { received: text, runs: all.slice(0, 5).map((run) => run.runId) });
    return matches[0];
  }

  /**
   * Changes a run's state if the present one allows it; in one statement, so that of two processes only one succeeds.
   * @throws store.wrongState
   */
  move(
    id: string,
    to: RunState,
    change: { lease?: Lease | null; result?: RunResult; error?: FailureData | null; newAttempt?: boolean } = {},
  ): void {
    const from = (Object.keys(runTransitions) as RunState[]).filter((state) => runTransitions[state].includes(to));
    const ended = to !== 'running' && to !== 'paused' && to !== 'queued';
    const sql = `UPDATE runs SET state = $to, endedAt = $endedAt, attempt = attempt + $more,
      leasePid = CASE WHEN $setLease THEN $pid ELSE leasePid END, leaseStart = CASE WHEN $setLease THEN $start ELSE leaseStart END,
      result = coalesce($result, result), error = CASE WHEN $setError THEN $error ELSE error END
      WHERE id = $id AND state IN (${from.map((state) => `'${state}'`).join(', ')})`;
    const setLease = ended || change.lease !== undefined;
    const lease = ended ? null : change.lease;
    const done = this.#database.prepare(sql).run({
      id,
      to,
      endedAt: ended ? Date.now() : null,
      more: change.newAttempt ? 1 : 0,
      setLease: setLease ? 1 : 0,
      pid: lease?.pid ?? null,
      start: lease?.start ?? null,
      result: change.result ? JSON.stringify(change.result) : null,
      setError: change.error === undefined ? 0 : 1,
      error: change.error ? JSON.stringify(change.error) : null,
    });
    if (done.changes === 1) return;
    const present = this.get(id);
    if (!present) throw new AnnealError('store.unknownRun', { received: id, runs: [] });
    throw new AnnealError('store.wrongState', {
      runId: id,
      state: present.state,
      wanted: to,
      pid: present.lease?.pid ?? null,
    });
  }

  /** Marks a run that nobody works on. @throws store.wrongState */
  cancelIdle(id: string): void {
    const done = this.#database
      .prepare("UPDATE runs SET state = 'cancelled' WHERE id = ? AND state IN ('interrupted', 'cancelled')")
      .run(id);
    const present = this.get(id);
    if (done.changes === 0 && present)
      throw new AnnealError('store.wrongState', {
        runId: id,
        state: present.state,
        wanted: 'cancelled',
        pid: present.lease?.pid ?? null,
      });
  }

  pin(id: string, pinned: boolean): void {
    this.#database.prepare('UPDATE runs SET pinned = ? WHERE id = ?').run(pinned ? 1 : 0, id);
  }

  /** Removes a run that is neither pinned nor at work, with its events and snapshots. @throws store.pinned, store.runBusy */
  delete(id: string): void {
    const done = this.#database
      .prepare("DELETE FROM runs WHERE id = ? AND pinned = 0 AND state NOT IN ('queued', 'running', 'paused')")
      .run(id);
    if (done.changes === 1) return;
    const present = this.get(id);
    if (present?.pinned) throw new AnnealError('store.pinned', { runId: id });
    if (present)
      throw new AnnealError('store.runBusy', { runId: id, state: present.state, pid: present.lease?.pid ?? null });
  }
}

function toRun(row: Row): StoredRun {
  const config = JSON.parse(row.config) as TrainConfig;
  const result = row.result === null ? null : (JSON.parse(row.result) as RunResult);
  return {
    runId: row.id,
    name: row.name,
    note: row.note,
    pinned: row.pinned === 1,
    state: row.state,
    attempt: row.attempt,
    preset: config.preset,
    backbone: result?.backbone ?? (config.model.backbone === 'auto' ? null : config.model.backbone),
    dataset: { root: row.root, contentHash: row.contentHash, pictures: row.pictures, classes: row.classes },
    createdAt: row.createdAt,
    endedAt: row.endedAt,
    accuracy: result ? (result.test ?? result.ensemble) : null,
    config,
    datasetVersionId: row.datasetVersionId,
    result,
    error: row.error === null ? null : (JSON.parse(row.error) as FailureData),
    lease: row.leasePid === null ? null : { pid: row.leasePid, start: row.leaseStart ?? 'unknown' },
  };
}
