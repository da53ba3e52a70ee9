import * as v from 'valibot';
import type { StepEvent } from '../protocol/step-event.ts';
import { entriesOf, storedKind } from '../stored/kind.ts';
import { count, measured } from '../protocol/schemas.ts';

export interface StoredStep {
  readonly seq: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly event: StepEvent;
}

/**
 * Steps of one attempt as columns of equal length. Every measure is a series under its name, so that a new one needs no new format;
 * null where a step did not measure it, or where it was no finite number.
 */
const chunkSchema = v.object({
  formatVersion: v.literal(2),
  attempt: count,
  seq: v.array(count),
  at: v.array(v.number()),
  step: v.array(count),
  picturesPerSecond: v.array(measured),
  totalSteps: v.array(count),
  secondsLeft: v.array(v.nullable(v.number())),
  measures: v.record(v.string(), v.array(v.nullable(v.number()))),
});
type StepChunk = v.InferOutput<typeof chunkSchema>;

export function emptyChunk(attempt: number): StepChunk {
  return {
    formatVersion: 2,
    attempt,
    seq: [],
    at: [],
    step: [],
    picturesPerSecond: [],
    totalSteps: [],
    secondsLeft: [],
    measures: {},
  };
}

export function addStep(chunk: StepChunk, { seq, at, event }: StoredStep): void {
  const before = chunk.seq.length;
  chunk.seq.push(seq);
  chunk.at.push(at);
  chunk.step.push(event.step);
  chunk.picturesPerSecond.push(event.picturesPerSecond);
  chunk.totalSteps.push(event.totalSteps);
  chunk.secondsLeft.push(event.secondsLeft);
  for (const name of Object.keys(event.measures)) chunk.measures[name] ??= new Array<null>(before).fill(null);
  for (const [name, series] of Object.entries(chunk.measures)) series.push(event.measures[name] ?? null);
}

export function stepsOf(chunk: StepChunk, runId: string): StoredStep[] {
  const { attempt, measures } = chunk;
  return chunk.seq.map((seq, i) => ({
    seq,
    at: chunk.at[i]!,
    event: {
      type: 'stepEnded',
      runId,
      attempt,
      step: chunk.step[i]!,
      measures: Object.fromEntries(
        Object.entries(measures).flatMap(([name, series]) => (series[i] === null ? [] : [[name, series[i]!]])),
      ),
      picturesPerSecond: chunk.picturesPerSecond[i]!,
      totalSteps: chunk.totalSteps[i]!,
      secondsLeft: chunk.secondsLeft[i]!,
    },
  }));
}

export const stepsKind = storedKind('steps', chunkSchema, [columnsOf]);

/** seq, at, attempt, step, loss, learningRate, picturesPerSecond, totalSteps, secondsLeft */
type StepRow = readonly [number, number, number, number, number | null, number, number, number, number | null];

/** From version 1 to 2: it was a list of rows with two measures; an empty one was never written. */
function columnsOf(raw: unknown): unknown {
  const rows = entriesOf(raw) as readonly StepRow[];
  return {
    attempt: rows[0]![2],
    seq: rows.map((row) => row[0]),
    at: rows.map((row) => row[1]),
    step: rows.map((row) => row[3]),
    measures: { loss: rows.map((row) => row[4]), learningRate: rows.map((row) => row[5]) },
    picturesPerSecond: rows.map((row) => row[6]),
    totalSteps: rows.map((row) => row[7]),
    secondsLeft: rows.map((row) => row[8]),
  };
}
