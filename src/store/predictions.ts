import type { AccuracySplit } from '../protocol/accuracy.ts';
import type { Database } from './driver.ts';

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

interface Row {
  runId: string | null;
  pictures: number;
  classes: number;
  probabilities: Buffer;
}

/** Predictions of members, so that any subset of them can be judged without running a network. */
export class PredictionTable {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  put(entry: StoredPredictions): void {
    const { buffer, byteOffset, byteLength } = entry.probabilities;
    const bytes = Buffer.from(buffer, byteOffset, byteLength);
    const sql =
      'INSERT OR REPLACE INTO predictions (member, datasetVersionId, split, runId, pictures, classes, probabilities) VALUES (?, ?, ?, ?, ?, ?, ?)';
    this.#database
      .prepare(sql)
      .run(entry.member, entry.datasetVersionId, entry.split, entry.runId, entry.pictures, entry.classes, bytes);
  }

  get(member: string, datasetVersionId: number, split: AccuracySplit): StoredPredictions | null {
    const sql =
      'SELECT runId, pictures, classes, probabilities FROM predictions WHERE member = ? AND datasetVersionId = ? AND split = ?';
    const row = this.#database.prepare<[string, number, string], Row>(sql).get(member, datasetVersionId, split);
    if (!row) return null;
    const probabilities = new Float32Array(row.pictures * row.classes);
    Buffer.from(probabilities.buffer).set(row.probabilities);
    return {
      member,
      datasetVersionId,
      split,
      runId: row.runId,
      pictures: row.pictures,
      classes: row.classes,
      probabilities,
    };
  }
}
