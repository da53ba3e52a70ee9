import type { StoredEvent } from '../protocol/run-record.ts';
import { eventKind } from '../stored/event.ts';
import { decode, encode } from '../stored/kind.ts';
import { addStep, emptyChunk, stepsKind, stepsOf, type StoredStep } from './step-chunks.ts';
import { Table } from './table.ts';

interface ChunkRow {
  validTo: number | null;
  rows: string;
}
interface EventRow {
  seq: number;
  at: number;
  superseded: number;
  body: string;
}

const stepsPerChunk = 200;

/** The events of all runs. Steps lie in chunks of columns, everything else is one row each; both share the numbering. */
export class EventTable extends Table {
  /** The newest number of a run; 0 when it has no events. */
  lastSeq(runId: string): number {
    const sql =
      'SELECT max(coalesce((SELECT max(seq) FROM events WHERE runId = $run), 0), coalesce((SELECT max(lastSeq) FROM step_chunks WHERE runId = $run), 0))';
    return this.value<number>(sql, { run: runId })!;
  }

  /** The newest step told and not superseded; 0 when none was. */
  lastStep(runId: string): number {
    const sql = `SELECT max(
      coalesce((SELECT max(step) FROM events WHERE runId = $run AND superseded = 0), 0),
      coalesce((SELECT max(min(lastStep, coalesce(validTo, lastStep))) FROM step_chunks WHERE runId = $run), 0))`;
    return this.value<number>(sql, { run: runId })!;
  }

  /** Appends in one transaction; a step joins the newest chunk while there is room. */
  append(runId: string, events: readonly StoredEvent[]): void {
    const sql = 'INSERT OR IGNORE INTO events (runId, seq, at, step, superseded, body) VALUES (?, ?, ?, ?, 0, ?)';
    this.transaction(() => {
      const steps: StoredStep[] = [];
      for (const { seq, at, event } of events) {
        if (event.type === 'stepEnded') steps.push({ seq, at, event });
        else this.run(sql, runId, seq, at, event.step, encode(eventKind, event));
      }
      this.#appendSteps(runId, steps);
    });
  }

  #appendSteps(runId: string, steps: readonly StoredStep[]): void {
    if (steps.length === 0) return;
    const newest = 'SELECT validTo, rows FROM step_chunks WHERE runId = ? ORDER BY firstSeq DESC LIMIT 1';
    const open = this.row<ChunkRow>(newest, runId);
    const write =
      'INSERT OR REPLACE INTO step_chunks (runId, firstSeq, lastSeq, lastStep, validTo, rows) VALUES (?, ?, ?, ?, NULL, ?)';
    const { attempt, step } = steps[0]!.event;
    let chunk = open ? decode(stepsKind, open.rows, `run ${runId}`) : emptyChunk(attempt);
    if (chunk.attempt !== attempt) {
      // The first step of an attempt tells from where it went on.
      this.#supersede(runId, attempt, step - 1);
      chunk = emptyChunk(attempt);
    }
    const flush = () =>
      this.run(write, runId, chunk.seq[0], chunk.seq.at(-1), Math.max(...chunk.step), encode(stepsKind, chunk));
    for (const stored of steps) {
      if (chunk.seq.length >= stepsPerChunk) {
        flush();
        chunk = emptyChunk(attempt);
      }
      addStep(chunk, stored);
    }
    flush();
  }

  /** Marks what earlier attempts told of steps past `step`: this attempt tells them anew. */
  #supersede(runId: string, attempt: number, step: number): void {
    const values = { run: runId, attempt, step };
    // A chunk is of one attempt: the resumed one begins a new chunk.
    const chunks = `UPDATE step_chunks SET validTo = min(coalesce(validTo, $step), $step)
      WHERE runId = $run AND lastStep > $step AND coalesce(rows ->> '$.attempt', rows ->> '$[0][2]') < $attempt`;
    this.run(chunks, values);
    // A run's own life (queued, interrupted, failed) stays as it happened.
    const supersedeOlder = `UPDATE events SET superseded = 1 WHERE runId = $run AND step > $step AND body ->> '$.attempt' < $attempt
      AND body ->> '$.type' NOT IN ('runQueued', 'runStarted', 'runPaused', 'runResumed', 'runFailed', 'runCancelled', 'runInterrupted')`;
    this.run(supersedeOlder, values);
  }

  /** Events with `seq >= from`, in order. */
  read(runId: string, from = 0): StoredEvent[] {
    const where = `run ${runId}`;
    const ofEvents = 'SELECT seq, at, superseded, body FROM events WHERE runId = ? AND seq >= ?';
    const events = this.rows<EventRow>(ofEvents, runId, from).map(({ seq, at, superseded, body }): StoredEvent => ({
      ...{ seq, at, superseded: superseded === 1 },
      event: decode(eventKind, body, where),
    }));
    const ofChunks = 'SELECT validTo, rows FROM step_chunks WHERE runId = ? AND lastSeq >= ?';
    for (const { rows, validTo } of this.rows<ChunkRow>(ofChunks, runId, from)) {
      for (const { seq, at, event } of stepsOf(decode(stepsKind, rows, where), runId)) {
        if (seq >= from) events.push({ seq, at, superseded: validTo !== null && event.step > validTo, event });
      }
    }
    return events.sort((a, b) => a.seq - b.seq);
  }
}
