import { RunStopped } from '../../train/run-stopped.ts';
import { runTraining } from '../../runs/run-training.ts';
import type { RunEvent } from '../../protocol/run-event.ts';
import { JobStopped, type JobHandler } from '../job-handler.ts';

/** A run, from its last checkpoint on; events get the run's id, the attempt and, where they bear none, the newest step. */
export const train: JobHandler<'train'> = async ({ train: job }, host) => {
  let step = 0;
  const emit = (body: object & { step?: number }): void => {
    step = body.step ?? step;
    host.event({ ...body, runId: job.runId, attempt: job.attempt, step } as RunEvent);
  };
  try {
    return await runTraining(job, {
      emit,
      control: () => host.control(),
      yield: () => host.yield(),
    });
  } catch (error) {
    throw error instanceof RunStopped ? new JobStopped() : error;
  }
};
