import { resolve } from 'node:path';
import { measuredProcess, type MeasuredRun } from './measured-process.ts';

/** Runs test/bench/ours/<script>, which prints one JSON object, as runPeer does for the peers. Throws when it fails. */
export function runOurs<T>(script: string, args: readonly string[]): Promise<MeasuredRun<T>> {
  const loader = import.meta.resolve('tsx');
  return measuredProcess([process.execPath, '--import', loader], resolve(import.meta.dirname, 'ours', script), args);
}
