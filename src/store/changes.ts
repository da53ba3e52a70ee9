import type { WorkspaceChange } from '../protocol/engine-api.ts';
import { Table } from './table.ts';

interface Row {
  what: WorkspaceChange['what'];
  id: string;
  seq: number;
}

/** What changed last, by which engine: a row a thing, so that the table stays small. */
export class ChangeTable extends Table {
  #dataVersion = -1;

  put({ what, id }: WorkspaceChange, author: string): void {
    const sql = `INSERT INTO changes (what, id, seq, author) VALUES (?, ?, (SELECT coalesce(max(seq), 0) + 1 FROM changes), ?)
      ON CONFLICT (what, id) DO UPDATE SET seq = excluded.seq, author = excluded.author`;
    this.run(sql, what, id ?? '', author);
  }

  lastSeq(): number {
    return this.value<number>('SELECT coalesce(max(seq), 0) FROM changes')!;
  }

  /**
   * Changes behind `seq` by other engines than `author`, in order. Costs next to nothing while no other connection has written:
   * SQLite counts those writes itself.
   */
  readOthers(seq: number, author: string): { readonly seq: number; readonly changes: readonly WorkspaceChange[] } {
    const version = this.value<number>('PRAGMA data_version')!;
    if (version === this.#dataVersion) return { seq, changes: [] };
    this.#dataVersion = version;
    const sql = 'SELECT what, id, seq FROM changes WHERE seq > ? AND author <> ? ORDER BY seq';
    const rows = this.rows<Row>(sql, seq, author);
    return { seq: rows.at(-1)?.seq ?? seq, changes: rows.map(({ what, id }) => ({ what, id: id === '' ? null : id })) };
  }
}
