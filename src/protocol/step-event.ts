import type { RunEvent } from './run-event.ts';

export type StepEvent = Extract<RunEvent, { type: 'stepEnded' }>;

/** `event` with what a step before it, which is left out, measured and `event` did not: not every step measures everything. */
export function withMeasuresOf(before: StepEvent | null, event: StepEvent): StepEvent {
  return before ? { ...event, measures: { ...before.measures, ...event.measures } } : event;
}
