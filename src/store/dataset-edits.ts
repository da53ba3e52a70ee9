import * as v from 'valibot';
import type { Immutable } from '../base/immutable.ts';
import { decode, encode, storedKind } from '../stored/kind.ts';
import { Table } from './table.ts';

const edited = { pictures: v.array(v.object({ path: v.string(), sha256: v.string() })) };

/**
 * A change made by hand. A picture is meant by its path and content together: another file under the same name is not the one
 * that was looked at. Classes go by name, since a new scan may number them anew.
 */
const editSchema = v.variant('kind', [
  v.object({ ...edited, kind: v.literal('move'), to: v.string() }),
  v.object({ ...edited, kind: v.literal('leaveOut'), leftOut: v.boolean() }),
]);
export type DatasetEdit = Immutable<v.InferOutput<typeof editSchema>>;

const editKind = storedKind<DatasetEdit>('pictureEdit', editSchema);

/** The changes by hand of each dataset as a stack: those applied, then those undone. */
export class DatasetEditTable extends Table {
  /** Oldest first. */
  of(datasetId: number): { readonly applied: readonly DatasetEdit[]; readonly undone: number } {
    const sql = 'SELECT body FROM dataset_edits WHERE datasetId = ? ORDER BY position';
    const bodies = this.column<string>(sql, datasetId);
    const applied = this.#applied(datasetId);
    return {
      applied: bodies.slice(0, applied).map((body) => decode(editKind, body, `dataset ${datasetId}`)),
      undone: bodies.length - applied,
    };
  }

  /** Those undone are gone with it. */
  push(datasetId: number, edit: DatasetEdit): void {
    this.transaction(() => {
      const applied = this.#applied(datasetId);
      this.run('DELETE FROM dataset_edits WHERE datasetId = ? AND position > ?', datasetId, applied);
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
    this.transaction(() => {
      this.run('DELETE FROM dataset_edits WHERE datasetId = ?', datasetId);
      edits.forEach((edit, index) => this.#insert(datasetId, index + 1, edit));
      this.#setApplied(datasetId, edits.length);
    });
  }

  #step(datasetId: number, by: 1 | -1): boolean {
    return this.transaction(() => {
      const next = this.#applied(datasetId) + by;
      const all = this.value<number>('SELECT count(*) FROM dataset_edits WHERE datasetId = ?', datasetId)!;
      if (next < 0 || next > all) return false;
      this.#setApplied(datasetId, next);
      return true;
    });
  }

  #applied(datasetId: number): number {
    return this.value<number>('SELECT edits FROM datasets WHERE id = ?', datasetId) ?? 0;
  }

  #setApplied(datasetId: number, applied: number): void {
    this.run('UPDATE datasets SET edits = ?, revision = revision + 1 WHERE id = ?', applied, datasetId);
  }

  #insert(datasetId: number, position: number, edit: DatasetEdit): void {
    const sql = 'INSERT INTO dataset_edits (datasetId, position, body) VALUES (?, ?, ?)';
    this.run(sql, datasetId, position, encode(editKind, edit));
  }
}
