import type { SnapshotRecord } from '../protocol/run-event.ts';
import { decode, encode } from '../stored/kind.ts';
import { accuracyKind } from '../stored/run.ts';
import type { Database } from './driver.ts';

interface Row {
  cycle: number;
  sha256: string;
  name: string;
  step: number;
  bytes: number;
  accuracy: string | null;
}

/**
 * Snapshots by (run, cycle, sha256): telling one twice, as a resumed run does, changes nothing. One of the same name with
 * other weights, made anew after a resume, takes the place of the old one.
 */
export class SnapshotTable {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  put(runId: string, snapshot: SnapshotRecord): void {
    const sql = `INSERT INTO snapshots (runId, cycle, sha256, name, step, bytes, accuracy) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (runId, cycle, sha256) DO UPDATE SET accuracy = coalesce(excluded.accuracy, accuracy)`;
    this.#database
      .prepare('DELETE FROM snapshots WHERE runId = ? AND name = ? AND sha256 <> ?')
      .run(runId, snapshot.name, snapshot.sha256);
    const { cycle, sha256, name, step, bytes, accuracy } = snapshot;
    this.#database
      .prepare(sql)
      .run(runId, cycle, sha256, name, step, bytes, accuracy && encode(accuracyKind, accuracy));
  }

  of(runId: string): SnapshotRecord[] {
    const rows = this.#database
      .prepare<[string], Row>(
        'SELECT cycle, sha256, name, step, bytes, accuracy FROM snapshots WHERE runId = ? ORDER BY step, cycle, name',
      )
      .all(runId);
    return rows.map((row) => ({
      ...row,
      accuracy: row.accuracy === null ? null : decode(accuracyKind, row.accuracy, `run ${runId}`),
    }));
  }
}
