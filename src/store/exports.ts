import type { StoredExport } from '../protocol/engine-api.ts';
import { verificationSchema, type Verification } from '../protocol/lane-job.ts';
import { decode, encode, storedKind } from '../stored/kind.ts';
import { chosenKind } from '../stored/run.ts';
import { Table } from './table.ts';

/** An export as it was when it was made. */
type ExportRecord = Omit<StoredExport, 'present'>;

interface Row extends Omit<ExportRecord, 'members' | 'verification'> {
  members: string;
  verification: string;
}

const verificationKind = storedKind<Verification>('verification', verificationSchema);

export class ExportTable extends Table {
  add(runId: string, { format, path, bytes, sha256, madeAt, members, verification }: ExportRecord): void {
    const sql =
      'INSERT INTO exports (runId, format, path, bytes, sha256, madeAt, members, verification) VALUES (?, ?, ?, ?, ?, ?, ?, ?)';
    const texts = [encode(chosenKind, members), encode(verificationKind, verification)];
    this.run(sql, runId, format, path, bytes, sha256, madeAt, ...texts);
  }

  /** Newest first. */
  of(runId: string): ExportRecord[] {
    const sql =
      'SELECT format, path, bytes, sha256, madeAt, members, verification FROM exports WHERE runId = ? ORDER BY madeAt DESC, id DESC';
    return this.rows<Row>(sql, runId).map((row) => ({
      ...row,
      members: decode(chosenKind, row.members, `run ${runId}`),
      verification: decode(verificationKind, row.verification, `run ${runId}`),
    }));
  }
}
