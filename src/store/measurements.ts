import { Table } from './table.ts';

/** What is measured: seconds for work of a kind, or bytes in memory. */
type MeasurementKind = 'testStep' | 'forward' | 'training' | 'decode' | 'heads' | 'memory';

/** One look at how this machine does: `amount` (seconds or bytes) was needed for `work` (in the units of its kind). */
export interface Measurement {
  readonly kind: MeasurementKind;
  /** What it was measured on: a backbone at a size, or '' where the kind needs none. */
  readonly subject: string;
  readonly work: number;
  readonly amount: number;
}

const kept = 20;

/** Measurements of this machine, newest first. Those taken with another number of threads tell of another machine. */
export class MeasurementTable extends Table {
  /** Keeps the newest few of each subject. @param threads null: all cores */
  add({ kind, subject, work, amount }: Measurement, threads: number | null): void {
    if (!(work > 0) || !(amount > 0)) return;
    const insert = 'INSERT INTO measurements (kind, subject, threads, work, amount, at) VALUES (?, ?, ?, ?, ?, ?)';
    const trim = `DELETE FROM measurements WHERE kind = $kind AND subject = $subject AND threads IS $threads AND id NOT IN (
      SELECT id FROM measurements WHERE kind = $kind AND subject = $subject AND threads IS $threads ORDER BY id DESC LIMIT ${kept})`;
    this.transaction(() => {
      this.run(insert, kind, subject, threads, work, amount, Date.now());
      this.run(trim, { kind, subject, threads });
    });
  }

  /** All of the machine, newest first. */
  list(threads: number | null): Measurement[] {
    return this.rows(
      'SELECT kind, subject, work, amount FROM measurements WHERE threads IS ? ORDER BY id DESC',
      threads,
    );
  }
}
