import type { RunMember } from '../protocol/run-member.ts';
import { decode, encode } from '../stored/kind.ts';
import { accuracyKind } from '../stored/run.ts';
import { Table } from './table.ts';

interface Row extends Omit<RunMember, 'index' | 'accuracy'> {
  position: number;
  accuracy: string | null;
}

/**
 * Members of runs by name, for what asks while a run trains and for lists; the run's folder says which there really are
 * (weights/members-file.ts), and is asked once the run has finished. Telling one twice, as a resumed run does, changes nothing; made
 * anew with other weights it takes the place of the old one.
 */
export class MemberTable extends Table {
  put(runId: string, { name, kind, index, step, sha256, bytes, accuracy }: RunMember): void {
    const sql = `INSERT INTO members (runId, name, kind, position, step, sha256, bytes, accuracy) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (runId, name) DO UPDATE SET kind = excluded.kind, position = excluded.position, step = excluded.step,
        bytes = excluded.bytes, sha256 = excluded.sha256,
        accuracy = CASE WHEN sha256 = excluded.sha256 THEN coalesce(excluded.accuracy, accuracy) ELSE excluded.accuracy END`;
    const text = accuracy && encode(accuracyKind, accuracy);
    this.run(sql, runId, name, kind, index, step, sha256, bytes, text);
  }

  /** Makes a run's rows these and no others. */
  replace(runId: string, members: readonly RunMember[]): void {
    this.transaction(() => {
      this.run('DELETE FROM members WHERE runId = ?', runId);
      for (const member of members) this.put(runId, member);
    });
  }

  of(runId: string): RunMember[] {
    const sql = `SELECT name, kind, position, step, sha256, bytes, accuracy FROM members WHERE runId = ?
      ORDER BY step, position, name`;
    return this.rows<Row>(sql, runId).map(({ position, accuracy, ...row }) => ({
      ...row,
      index: position,
      accuracy: accuracy === null ? null : decode(accuracyKind, accuracy, `run ${runId}`),
    }));
  }
}
