import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { watchTree } from './process-tree-peak.ts';

export interface MeasuredRun<T> {
  readonly result: T;
  readonly peakMemoryBytes: number;
}

/** Runs a script that prints one JSON object, and watches its memory. Throws when it fails. */
export async function measuredProcess<T>(
  [program, ...before]: readonly [string, ...string[]],
  script: string,
  args: readonly string[],
): Promise<MeasuredRun<T>> {
  const child = spawn(program, [...before, script, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const memory = watchTree(child.pid!);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4000)));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  memory.stop();
  if (code !== 0) throw new Error(`${basename(script)} ended with ${code}: ${stderr}`);
  return { result: JSON.parse(stdout) as T, peakMemoryBytes: memory.peakBytes() };
}
