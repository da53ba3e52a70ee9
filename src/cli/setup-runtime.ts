import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LaneStopped } from '../engine/lane.ts';
import type { SetupRuntime } from '../engine/engine-context.ts';
import type { Progress } from '../protocol/lane-job.ts';

/** Lines of build/setup by their beginning, in the order that a whole setup goes through them. */
const steps: readonly (readonly [beginning: string, doing: NonNullable<Progress['doing']>])[] = [
  ['Waiting', 'wait'],
  ['Downloading', 'download'],
  ['Unpacking', 'unpack'],
  ['Building', 'build'],
];

/**
 * Runs the setup of a clone in a process of its own, which may be given up at any moment. It tells steps, not shares of them.
 * What cannot be made is no error here: loading the runtime afterwards says it.
 */
export const setupRuntime: SetupRuntime = (progress, signal) => {
  const entry = fileURLToPath(new URL('../../build/setup/main.ts', import.meta.url));
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const child = spawn(process.execPath, ['--import', loader, entry], { stdio: ['ignore', 'ignore', 'pipe'], signal });
  createInterface({ input: child.stderr }).on('line', (line) => {
    const index = steps.findIndex(([beginning]) => line.startsWith(beginning));
    if (index < 0) return;
    progress({ phase: 'setup', done: index, total: steps.length, secondsLeft: null, doing: steps[index]![1] });
  });
  return new Promise((resolve, reject) => {
    child.once('error', (error) => reject(signal.aborted ? new LaneStopped() : error));
    child.once('close', () => resolve());
  });
};
