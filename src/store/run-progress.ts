import type { RunEvent } from '../protocol/run-event.ts';
import { decode, encode } from '../stored/kind.ts';
import { accuracyKind, curveKind } from '../stored/run.ts';
import { Table } from './table.ts';

/**
 * Keeps beside a run what lists show of its way, as its events are stored. An epoch done again after a resume cuts the curve
 * where it went back to.
 */
export class RunProgress extends Table {
  /** In one transaction; most batches hold nothing of interest. */
  observe(runId: string, events: readonly RunEvent[]): void {
    if (!events.some(({ type }) => observed.has(type))) return;
    this.transaction(() => events.forEach((event) => this.#apply(runId, event)));
  }

  #apply(runId: string, event: RunEvent): void {
    if (event.type === 'epochEnded') {
      const { epoch, totalEpochs, validation } = event;
      this.run('UPDATE runs SET epoch = ?, totalEpochs = ? WHERE id = ?', epoch, totalEpochs, runId);
      if (validation) this.#addToCurve(runId, epoch, validation.accuracy);
    } else if (event.type === 'cycleEnded') {
      this.run('UPDATE runs SET cycle = ?, totalCycles = ? WHERE id = ?', event.cycle + 1, event.totalCycles, runId);
    } else if (event.type === 'ensembleEvaluated') {
      const accuracy = encode(accuracyKind, event.report.accuracy);
      this.run('UPDATE runs SET heldOutAccuracy = ? WHERE id = ?', accuracy, runId);
    }
  }

  #addToCurve(runId: string, epoch: number, accuracy: number): void {
    const text = this.value<string>('SELECT curve FROM runs WHERE id = ?', runId);
    const curve = decode(curveKind, text ?? '[]', `run ${runId}`).slice(0, epoch - 1);
    this.run('UPDATE runs SET curve = ? WHERE id = ?', encode(curveKind, [...curve, accuracy]), runId);
  }
}

const observed: ReadonlySet<RunEvent['type']> = new Set(['epochEnded', 'cycleEnded', 'ensembleEvaluated']);
