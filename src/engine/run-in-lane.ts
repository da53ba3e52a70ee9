import type { CallHooks } from '../protocol/engine-api.ts';
import type { LaneJobKind, LaneJobOf, LaneResults } from '../protocol/lane-job.ts';
import type { Lane } from './lane.ts';

/** Runs a job in a lane with the caller's hooks: progress on the way, stop when the signal says so. */
export async function runInLane<K extends LaneJobKind>(
  lane: Lane,
  job: LaneJobOf<K>,
  hooks: CallHooks | undefined,
): Promise<LaneResults[K]> {
  const task = lane.run<K>(job, hooks?.progress ? { progress: hooks.progress } : {});
  const stop = (): void => task.control('stop');
  if (hooks?.signal?.aborted) stop();
  hooks?.signal?.addEventListener('abort', stop, { once: true });
  try {
    return await task.result;
  } finally {
    hooks?.signal?.removeEventListener('abort', stop);
  }
}
