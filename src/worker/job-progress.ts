import { progressMeter } from '../base/progress-meter.ts';
import type { Progress } from '../protocol/lane-job.ts';
import { JobStopped, type LaneHost } from './job-handler.ts';

/** Progress with time left, at most ten a second. */
export function progressOf(host: LaneHost, phase: Progress['phase']): (done: number, total: number) => void {
  return progressMeter((progress) => host.progress({ phase, ...progress }));
}

/** Between units of work: lets messages in, waits while paused, throws JobStopped when asked to stop. */
export function betweenUnits(host: LaneHost): () => Promise<void> {
  return async () => {
    await host.yield();
    while (host.control() === 'pause') await new Promise((resolve) => setTimeout(resolve, 100));
    if (host.control() === 'stop') throw new JobStopped();
  };
}
