import type { LaneJobKind, LaneJobOf, LaneResults, Progress } from '../protocol/lane-job.ts';
import type { RunEvent } from '../protocol/run-event.ts';

/** What a job sees of the process it runs in. */
export interface LaneHost {
  event(event: RunEvent): void;
  progress(progress: Progress): void;
  /** What the engine wishes; polled between units of work. */
  control(): 'go' | 'pause' | 'stop';
  /** Lets messages in. */
  yield(): Promise<void>;
}

export type JobHandler<K extends LaneJobKind> = (job: LaneJobOf<K>, host: LaneHost) => Promise<LaneResults[K]>;

/** Thrown by a job that stopped because it was asked to. */
export class JobStopped extends Error {
  constructor() {
    super('stopped on request');
    this.name = 'JobStopped';
  }
}
