import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FromLane, ToLane } from '../protocol/lane-job.ts';

/** A process that computes, as the engine sees it: an operating-system process, in Electron too. */
export interface LaneProcess {
  send(message: ToLane): void;
  onMessage(listener: (message: FromLane) => void): void;
  /** Called once; `tail` holds the last lines it wrote to stderr. */
  onExit(listener: (end: { code: number | null; signal: string | null; tail: string }) => void): void;
  /** Lets it end by itself. */
  disconnect(): void;
  /** Ends it now. */
  kill(): void;
}

export type ForkLane = () => LaneProcess;

const tailLength = 2000;

/** Electron's program is Node when it is told so; a lane shall not open a second application. */
const asNode = process.versions['electron'] ? { ELECTRON_RUN_AS_NODE: '1' } : {};

/** Pictures are decoded in libuv's threads, of which there are four unless more are asked for. */
const decoders = Math.max(4, availableParallelism());

/** Starts a lane with `child_process.fork`; in a clone the entry is TypeScript and tsx loads it. */
export const forkLane: ForkLane = () => {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = fileURLToPath(new URL(isSource ? '../worker/main.ts' : './worker.js', import.meta.url));
  const execArgv = isSource ? ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href] : [];
  const child = fork(entry, [], {
    execArgv,
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { TF_CPP_MIN_LOG_LEVEL: '3', UV_THREADPOOL_SIZE: String(decoders), ...process.env, ...asNode },
  });
  let tail = '';
  const keep = (chunk: Buffer): void => {
    tail = (tail + chunk.toString('utf8')).slice(-tailLength);
    if (process.env['ANNEAL_DEBUG']) process.stderr.write(chunk);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return {
    send: (message) => {
      // A lane that has just died is told by its exit, not by a failed send.
      if (child.connected) child.send(message, () => undefined);
    },
    onMessage: (listener) => void child.on('message', (message) => listener(message as FromLane)),
    onExit: (listener) => {
      let reported = false;
      const tell = (code: number | null, signal: string | null): void => {
        if (!reported) listener({ code, signal, tail });
        reported = true;
      };
      child.once('close', tell);
      child.once('error', (error) => {
        tail += error.message;
        tell(null, null);
      });
    },
    disconnect: () => {
      if (child.connected) child.disconnect();
    },
    kill: () => void child.kill('SIGKILL'),
  };
};
