import { toFailure } from '../base/failure.ts';
import type { FromLane, LaneJob, ToLane } from '../protocol/lane-job.ts';
import { JobStopped, type LaneHost } from './job-handler.ts';
import { jobHandlers } from './jobs/index.ts';
import { StepThrottle } from './step-throttle.ts';

/**
 * Entry of a lane: a process that takes jobs from the engine, one at a time, and can be killed at any moment. It ends when the
 * engine is gone, so that nothing writes into a workspace without an owner.
 */
const parent = process.ppid;
let current: { id: number; control: 'go' | 'pause' | 'stop' } | null = null;

process.on('disconnect', () => process.exit(0));
// Ctrl-C reaches the whole group of processes; what it means is the engine's to say.
process.on('SIGINT', () => undefined);
process.on('SIGHUP', () => undefined);
process.on('message', (message: ToLane) => {
  if (message.type === 'job') void work(message.id, message.job);
  else if (current?.id === message.id) current.control = message.control;
});

function send(message: FromLane): void {
  if (!process.connected || process.ppid !== parent) process.exit(0);
  process.send!(message);
}

async function work(id: number, job: LaneJob): Promise<void> {
  const state = { id, control: 'go' as 'go' | 'pause' | 'stop' };
  current = state;
  const throttle = new StepThrottle((event) => send({ type: 'event', id, event }));
  const host: LaneHost = {
    event: (event) => throttle.push(event),
    progress: (progress) => send({ type: 'progress', id, progress }),
    control: () => {
      if (!process.connected || process.ppid !== parent) process.exit(0);
      return state.control;
    },
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  };
  try {
    const result = await run(job, host);
    throttle.flush();
    send({ type: 'done', id, result });
  } catch (error) {
    throttle.flush();
    if (error instanceof JobStopped) send({ type: 'stopped', id });
    else {
      if (process.env['ANNEAL_DEBUG'])
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
      send({ type: 'failed', id, error: toFailure(error) });
    }
  }
}

async function run<K extends LaneJob['kind']>(job: Extract<LaneJob, { kind: K }>, host: LaneHost) {
  const handler = await jobHandlers[job.kind as K]();
  return handler(job as never, host);
}
