import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { cacheFolder } from '../../build/setup/cache-folder.ts';
import { findPython } from '../../build/setup/python.ts';
import { lastLines, runProcess } from '../../build/setup/run-process.ts';
import { measuredProcess, type MeasuredRun } from './measured-process.ts';

const scripts = resolve(import.meta.dirname, 'peers');

/** The Python of the peers' virtual environment in the cache folder, made when it is not there. */
async function peerPython(): Promise<string> {
  const folder = join(cacheFolder(), 'peers');
  const python = join(folder, 'bin', 'python');
  if (existsSync(python)) return python;
  await mkdir(cacheFolder(), { recursive: true });
  const steps: [string, string[]][] = [
    [await findPython(), ['-m', 'venv', folder]],
    [python, ['-m', 'pip', 'install', '--quiet', '-r', join(scripts, 'requirements.txt')]],
  ];
  for (const [program, args] of steps) {
    const { code, output } = await runProcess(program, args, { showOutput: true });
    if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}: ${lastLines(output)}`);
  }
  return python;
}

/** Runs test/bench/peers/<script>, which prints one JSON object. Throws when it fails. */
export async function runPeer<T>(script: string, args: readonly string[]): Promise<MeasuredRun<T>> {
  return measuredProcess([await peerPython()], join(scripts, script), args);
}
