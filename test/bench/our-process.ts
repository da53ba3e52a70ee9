import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import type { PeerRun } from './peer-python.ts';
import { watchTree } from './process-tree-peak.ts';

const root = resolve(import.meta.dirname, '../..');

/** Runs test/bench/ours/<script>, which prints one JSON object, as runPeer does for the peers. Throws when it fails. */
export async function runOurs<T>(script: string, args: readonly string[]): Promise<PeerRun<T>> {
  const path = `test/bench/ours/${script}`;
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const memory = watchTree(child.pid!);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4000)));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  memory.stop();
  if (code !== 0) throw new Error(`${script} ended with ${code}: ${stderr}`);
  return { result: JSON.parse(stdout) as T, peakMemoryBytes: memory.peakBytes() };
}
