import { AnnealError } from '../base/errors.ts';
import type { FailureData } from '../base/failure.ts';
import type { RunResult } from '../protocol/run-event.ts';
import { runTransitions, type RunState } from '../protocol/run-record.ts';
import type { RunPurpose } from '../protocol/train-job.ts';
import type { TrainConfig } from '../settings/train-config.ts';
import { configurationKind } from '../stored/configuration.ts';
import { decode, encode, type StoredKind } from '../stored/kind.ts';
import { accuracyKind, chosenKind, failureKind, resultKind } from '../stored/run.ts';
import { leaseKind, type Lease } from './process-lease.ts';
import {
  headColumns,
  runTables,
  toHead,
  toRun,
  type HeadRow,
  type RunHead,
  type RunRow,
  type StoredRun,
} from './run-rows.ts';
import { Table } from './table.ts';

export type { RunHead, StoredRun } from './run-rows.ts';

const selectHead = `SELECT ${headColumns} FROM ${runTables}`;
const selectRun = `SELECT ${headColumns}, runs.config, runs.result, runs.error, runs.chosen, runs.seal, runs.discardedBy
  FROM ${runTables}`;
/** Of a run that may go. */
const free = "pinned = 0 AND state NOT IN ('queued', 'running', 'paused')";

export class RunTable extends Table {
  create(run: {
    id: string;
    name: string;
    purpose: RunPurpose;
    config: TrainConfig;
    datasetVersionId: number;
    createdAt: number;
    lease: Lease | null;
    state: RunState;
  }): void {
    const { config, lease, ...rest } = run;
    const { preset, model } = config;
    const sql = `INSERT INTO runs
        (id, number, name, purpose, state, config, preset, backbone, datasetVersionId, createdAt, queuedAt, leasePid, leaseStart)
      VALUES ($id, $number, $name, $purpose, $state, $config, $preset, $backbone, $datasetVersionId, $createdAt, $createdAt, $pid, $start)`;
    this.transaction(() => {
      if (this.row('SELECT 1 FROM runs WHERE id = ?', run.id)) return;
      this.run(sql, {
        ...rest,
        number: this.value('UPDATE run_numbers SET last = last + 1 RETURNING last'),
        config: encode(configurationKind, config),
        preset,
        backbone: model.backbone === 'auto' ? null : model.backbone,
        pid: lease?.pid ?? null,
        start: lease?.start ?? null,
      });
    });
  }

  /** Newest first, without discarded ones. */
  list(): RunHead[] {
    const sql = `${selectHead} WHERE runs.discardedBy IS NULL ORDER BY runs.createdAt DESC, runs.number DESC`;
    return this.rows<HeadRow>(sql).map(toHead);
  }

  /** Discarded or not. @throws stored.damaged, stored.newer */
  get(id: string): StoredRun | null {
    const row = this.row<RunRow>(`${selectRun} WHERE runs.id = ?`, id);
    return row ? toRun(row) : null;
  }

  /** As lists show it, discarded or not: for what a damaged run allows too. */
  head(id: string): RunHead | null {
    const row = this.row<HeadRow>(`${selectHead} WHERE runs.id = ?`, id);
    return row ? toHead(row) : null;
  }

  /** A run by what `findHead` finds. @throws what findHead throws; stored.damaged, stored.newer */
  find(text: string): StoredRun {
    return this.get(this.findHead(text).runId)!;
  }

  /**
   * A run by its id, an unambiguous beginning of it, or 'last'.
   * @throws store.noRuns, store.unknownRun, store.ambiguousRun, store.runDiscarded
   */
  findHead(text: string): RunHead {
    const exact = this.head(text);
    if (exact && this.value('SELECT discardedBy FROM runs WHERE id = ?', exact.runId) !== null)
      throw new AnnealError('store.runDiscarded', { runId: exact.runId, name: exact.name });
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
      queuedAt = coalesce($queuedAt, queuedAt), backbone = coalesce($backbone, backbone), result = coalesce($result, result),
      heldOutAccuracy = coalesce($heldOut, heldOutAccuracy), chosen = coalesce($chosen, chosen),
      error = CASE WHEN $setError THEN $error ELSE error END
      WHERE id = $id AND state IN (${from.map((state) => `'${state}'`).join(', ')})`;
    const setLease = ended || change.lease !== undefined;
    const lease = ended ? null : change.lease;
    const { result } = change;
    const encoded = <T>(kind: StoredKind<T>, value: T | undefined): string | null =>
      value === undefined ? null : encode(kind, value);
    const changed = this.run(sql, {
      id,
      to,
      queuedAt: to === 'queued' ? Date.now() : null,
      endedAt: ended ? Date.now() : null,
      more: change.newAttempt ? 1 : 0,
      setLease: setLease ? 1 : 0,
      pid: lease?.pid ?? null,
      start: lease?.start ?? null,
      result: encoded(resultKind, result),
      backbone: result?.backbone ?? null,
      heldOut: encoded(accuracyKind, result?.ensemble),
      chosen: encoded(chosenKind, result?.selected),
      setError: change.error === undefined ? 0 : 1,
      error: change.error ? encode(failureKind, change.error) : null,
    });
    if (changed === 1) return;
    const present = this.head(id);
    throw present ? wrongState(present, to) : new AnnealError('store.unknownRun', { received: id, runs: [] });
  }

  /** Marks a run that nobody works on. @throws store.wrongState */
  cancelIdle(id: string): void {
    const sql = "UPDATE runs SET state = 'cancelled' WHERE id = ? AND state IN ('interrupted', 'cancelled')";
    const changed = this.run(sql, id);
    const present = this.head(id);
    if (changed === 0 && present) throw wrongState(present, 'cancelled');
  }

  pin(id: string, pinned: boolean): void {
    this.run('UPDATE runs SET pinned = ? WHERE id = ?', pinned ? 1 : 0, id);
  }

  rename(id: string, name: string): void {
    this.run('UPDATE runs SET name = ? WHERE id = ?', name, id);
  }

  note(id: string, note: string): void {
    this.run('UPDATE runs SET note = ? WHERE id = ?', note, id);
  }

  /**
   * Hides a run that is neither pinned nor at work; `by`: the process that may still take it back.
   * @throws store.pinned, store.runBusy
   */
  discard(id: string, by: Lease): void {
    const sql = `UPDATE runs SET discardedBy = coalesce(discardedBy, ?) WHERE id = ? AND ${free}`;
    if (this.run(sql, encode(leaseKind, by), id) === 0) this.#refuse(id);
  }

  /** Brings a discarded run back. */
  restore(id: string): void {
    this.run('UPDATE runs SET discardedBy = NULL WHERE id = ?', id);
  }

  /** Discarded runs with the process that discarded each. */
  discarded(): { readonly runId: string; readonly by: Lease }[] {
    const sql = 'SELECT id, discardedBy FROM runs WHERE discardedBy IS NOT NULL';
    const rows = this.rows<{ id: string; discardedBy: string }>(sql);
    return rows.map(({ id, discardedBy }) => ({ runId: id, by: decode(leaseKind, discardedBy, `run ${id}`) }));
  }

  /** Removes a run that is neither pinned nor at work, with its events and snapshots. @throws store.pinned, store.runBusy */
  delete(id: string): void {
    if (this.run(`DELETE FROM runs WHERE id = ? AND ${free}`, id) === 0) this.#refuse(id);
  }

  #refuse(id: string): void {
    const present = this.head(id);
    if (present?.pinned) throw new AnnealError('store.pinned', { runId: id });
    if (present)
      throw new AnnealError('store.runBusy', { runId: id, state: present.state, pid: present.lease?.pid ?? null });
  }
}

function wrongState({ runId, state, lease }: RunHead, wanted: RunState): AnnealError {
  return new AnnealError('store.wrongState', { runId, state, wanted, pid: lease?.pid ?? null });
}
