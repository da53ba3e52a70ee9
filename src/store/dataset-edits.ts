import * as v from 'valibot';
import { decode, encode, storedKind } from '../stored/kind.ts';
import type { Database } from './driver.ts';

/**
 * A change made by hand. A picture is meant by its path and content together: another file under the same name is not the one
 * that was looked at. Classes go by name, since a new scan may number them anew.
 */
export type DatasetEdit = {
  readonly pictures: readonly { readonly path: string; readonly sha256: string }[];
} & ({ readonly kind: 'move'; readonly to: string } | { readonly kind: 'leaveOut'; readonly leftOut: boolean });

const edited = { pictures: v.array(v.object({ path: v.string(), sha256: v.string() })) };

const editKind = storedKind<DatasetEdit>(
  'pictureEdit',
  v.variant('kind', [
    v.object({ ...edited, kind: v.literal('move'), to: v.string() }),
    v.object({ ...edited, kind: v.literal('leaveOut'), leftOut: v.boolean() }),
  ]),
);

/** The changes by hand of each dataset as a stack: those applied, then those undone. */
export class DatasetEditTable {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** Oldest first. */
  of(datasetId: number): { readonly applied: readonly DatasetEdit[]; readonly undone: number } {
    const sql = 'SELECT body FROM dataset_edits WHERE datasetId = ? ORDER BY position';
    const bodies = this.#database.prepare<[number], string>(sql).pluck().all(datasetId);
    const applied = this.#applied(datasetId);
    return {
      applied: bodies.slice(0, applied).map((body) => decode(editKind, body, `dataset ${datasetId}`)),
      undone: bodies.length - applied,
    };
  }

  /** Those undone are gone with it. */
  push(datasetId: number, edit: DatasetEdit): void {
    this.#change(() => {
      const applied = this.#applied(datasetId);
      this.#database.prepare('DELETE FROM dataset_edits WHERE datasetId = ? AND position > ?').run(datasetId, applied);
      this.#insert(datasetId, applied + 1, edit);
      this.#setApplied(datasetId, applied + 1);
    });
  }

  /** Whether there was one. */
  undo(datasetId: number): boolean {
    return this.#step(datasetId, -1);
  }

  /** Whether there was one. */
  redo(datasetId: number): boolean {
    return this.#step(datasetId, 1);
  }

  /** All applied, none undone. */
  replace(datasetId: number, edits: readonly DatasetEdit[]): void {
    this.#change(() => {
      this.#database.prepare('DELETE FROM dataset_edits WHERE datasetId = ?').run(datasetId);
      edits.forEach((edit, index) => this.#insert(datasetId, index + 1, edit));
      this.#setApplied(datasetId, edits.length);
    });
  }

  #step(datasetId: number, by: 1 | -1): boolean {
    return this.#change(() => {
      const next = this.#applied(datasetId) + by;
      const sql = 'SELECT count(*) FROM dataset_edits WHERE datasetId = ?';
      const all = Number(this.#database.prepare(sql).pluck().get(datasetId));
      if (next < 0 || next > all) return false;
      this.#setApplied(datasetId, next);
      return true;
    });
  }

  /** Of two processes that change the same stack, one waits for the other. */
  #change<T>(work: () => T): T {
    return this.#database.transaction(work).immediate();
  }

  #applied(datasetId: number): number {
    return Number(this.#database.prepare('SELECT edits FROM datasets WHERE id = ?').pluck().get(datasetId) ?? 0);
  }

  #setApplied(datasetId: number, applied: number): void {
    const sql = 'UPDATE datasets SET edits = ?, revision = revision + 1 WHERE id = ?';
    this.#database.prepare(sql).run(applied, datasetId);
  }

  #insert(datasetId: number, position: number, edit: DatasetEdit): void {
    const sql = 'INSERT INTO dataset_edits (datasetId, position, body) VALUES (?, ?, ?)';
    this.#database.prepare(sql).run(datasetId, position, encode(editKind, edit));
  }
}
