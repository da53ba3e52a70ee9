import * as v from 'valibot';
import type { ExportFormat } from '../protocol/formats/index.ts';
import type { ExportReport } from '../protocol/lane-job.ts';
import type { ChosenMember } from '../protocol/ensemble-view.ts';
import { decode, encode, storedKind } from '../stored/kind.ts';
import { chosenKind } from '../stored/run.ts';
import { Table } from './table.ts';

/** An export as it was when it was made. */
export interface ExportRecord {
  readonly format: ExportFormat;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  readonly members: readonly ChosenMember[];
  readonly verification: ExportReport['verification'];
}

interface Row extends Omit<ExportRecord, 'members' | 'verification'> {
  members: string;
  verification: string;
}

const verificationKind = storedKind<ExportRecord['verification']>(
  'verification',
  v.object({
    pictures: v.number(),
    largestDifference: v.number(),
    sameFirstChoice: v.number(),
    differences: v.array(v.number()),
    tolerance: v.nullable(v.number()),
  }),
);

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
