import type { AccuracySplit } from '../protocol/accuracy.ts';
import { Table } from './table.ts';

/** Probabilities of one member on one part of one dataset version: float32 [pictures, classes], row by row. */
export interface StoredPredictions {
  /** sha256 of the member's weights. */
  readonly member: string;
  readonly datasetVersionId: number;
  readonly split: AccuracySplit;
  readonly runId: string | null;
  readonly pictures: number;
  readonly classes: number;
  readonly probabilities: Float32Array;
}

interface Row extends Pick<StoredPredictions, 'runId' | 'pictures' | 'classes'> {
  probabilities: Buffer;
}

/** Predictions of members, so that any subset of them can be judged without running a network. */
export class PredictionTable extends Table {
  put({ probabilities, ...entry }: StoredPredictions): void {
    const bytes = Buffer.from(probabilities.buffer, probabilities.byteOffset, probabilities.byteLength);
    const sql = `INSERT OR REPLACE INTO predictions (member, datasetVersionId, split, runId, pictures, classes, probabilities)
      VALUES ($member, $datasetVersionId, $split, $runId, $pictures, $classes, $bytes)`;
    this.run(sql, { ...entry, bytes });
  }

  get(member: string, datasetVersionId: number, split: AccuracySplit): StoredPredictions | null {
    const sql =
      'SELECT runId, pictures, classes, probabilities FROM predictions WHERE member = ? AND datasetVersionId = ? AND split = ?';
    const row = this.row<Row>(sql, member, datasetVersionId, split);
    if (!row) return null;
    const probabilities = new Float32Array(row.pictures * row.classes);
    Buffer.from(probabilities.buffer).set(row.probabilities);
    return { ...row, member, datasetVersionId, split, probabilities };
  }
}
