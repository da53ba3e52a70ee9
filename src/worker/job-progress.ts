import type { Progress } from '../protocol/lane-job.ts';
import { JobStopped, type LaneHost } from './job-handler.ts';

/** Progress with time left, at most ten a second. */
export function progressOf(host: LaneHost, phase: Progress['phase']): (done: number, total: number) => void {
  const start = performance.now();
  let last = -Infinity;
  return (done, total) => {
    const now = performance.now();
    if (done < total && now - last < 100) return;
    last = now;
    const secondsLeft = done > 0 ? (((now - start) / 1000) * (total - done)) / done : null;
    host.progress({ phase, done, total, secondsLeft });
  };
}

/** Between units of work: lets messages in, waits while paused, throws JobStopped when asked to stop. */
export function betweenUnits(host: LaneHost): () => Promise<void> {
  return async () => {
    await host.yield();
    while (host.control() === 'pause') await new Promise((resolve) => setTimeout(resolve, 100));
    if (host.control() === 'stop') throw new JobStopped();
  };
}
