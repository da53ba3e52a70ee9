import type { RunEvent } from '../protocol/run-event.ts';
import { decode, encode } from '../stored/kind.ts';
import { accuracyKind, curveKind } from '../stored/run.ts';
import type { Database } from './driver.ts';

/**
 * Keeps beside a run what lists show of its way, as its events are stored. An epoch done again after a resume cuts the curve
 * where it went back to.
 */
export class RunProgress {
  readonly #database: Database.Database;

  constructor(database: Database.Database) {
    this.#database = database;
  }

  /** In one transaction; most batches hold nothing of interest. */
  observe(runId: string, events: readonly RunEvent[]): void {
    if (!events.some(({ type }) => observed.has(type))) return;
    this.#database.transaction(() => events.forEach((event) => this.#apply(runId, event))).immediate();
  }

  #apply(runId: string, event: RunEvent): void {
    if (event.type === 'epochEnded') {
      const { epoch, totalEpochs, validation } = event;
      this.#database.prepare('UPDATE runs SET epoch = ?, totalEpochs = ? WHERE id = ?').run(epoch, totalEpochs, runId);
      if (validation) this.#addToCurve(runId, epoch, validation.accuracy);
    } else if (event.type === 'cycleEnded') {
      const sql = 'UPDATE runs SET cycle = ?, totalCycles = ? WHERE id = ?';
      this.#database.prepare(sql).run(event.cycle + 1, event.totalCycles, runId);
    } else if (event.type === 'ensembleEvaluated') {
      const sql = 'UPDATE runs SET heldOutAccuracy = ? WHERE id = ?';
      this.#database.prepare(sql).run(encode(accuracyKind, event.report.accuracy), runId);
    }
  }

  #addToCurve(runId: string, epoch: number, accuracy: number): void {
    const text = this.#database.prepare<[string], string>('SELECT curve FROM runs WHERE id = ?').pluck().get(runId);
    const curve = decode(curveKind, text ?? '[]', `run ${runId}`).slice(0, epoch - 1);
    this.#database
      .prepare('UPDATE runs SET curve = ? WHERE id = ?')
      .run(encode(curveKind, [...curve, accuracy]), runId);
  }
}

const observed: ReadonlySet<RunEvent['type']> = new Set(['epochEnded', 'cycleEnded', 'ensembleEvaluated']);
