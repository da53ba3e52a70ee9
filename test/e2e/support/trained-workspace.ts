import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makePictures } from '../../support/make-pictures.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** A folder of pictures and a workspace with one finished run on it: five classes, three snapshots, a few seconds. */
export interface TrainedWorkspace {
  readonly memory: string;
  readonly workspace: string;
  readonly pictures: string;
  readonly runId: string;
}

export const classes = ['cherry', 'lemon', 'lime', 'plum', 'sky'];

/** Made by the command line; the run's ResNet-20 begins from random numbers. */
export async function trainWorkspace(): Promise<TrainedWorkspace> {
  const memory = mkdtempSync(join(tmpdir(), 'anneal-trained-'));
  const pictures = join(memory, 'flowers');
  const workspace = join(memory, 'workspace');
  await makePictures(pictures, { classes, perClass: 16, width: 40, height: 32, seed: 5, format: 'png' });
  const settings = ['schedule.cycleEpochs=1', 'schedule.numCycles=3', 'data.batchSize=8'];
  const args = ['train', pictures, '--preset', 'scratch', '--name', 'trial', '--json', '--out', workspace];
  const told = await anneal([...args, ...settings.flatMap((one) => ['--set', one])]);
  return { memory, workspace, pictures, runId: String(told.at(-1)!['runId']) };
}

export function removeWorkspace({ memory }: TrainedWorkspace): void {
  rmSync(memory, { recursive: true, force: true, maxRetries: 5 });
}

/** Runs the command line; gives the objects that it tells, the result last. */
export async function anneal(args: readonly string[]): Promise<Record<string, unknown>[]> {
  const main = join(root, 'src', 'cli', 'main.ts');
  const command = ['--import', 'tsx', main, ...args];
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: root, maxBuffer: 1 << 28 });
  const lines = stdout.trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}
