import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawSampleDataset } from '../src/data/sample-dataset.ts';
import { ensureSetup } from './setup/ensure-setup.ts';

// `npm start`: the main job, from a folder of pictures to a verified ensemble, on a dataset drawn for the purpose.
// `npm start -- FOLDER [options of train]` does the same with pictures of one's own.
const log = (line: string): void => console.error(line);

const setup = await ensureSetup({ log });
if (!setup.sqlite.ready) process.exit(1);

const own = process.argv.slice(2);
const namesFolder = own[0] !== undefined && !own[0].startsWith('-');
const folder = namesFolder ? [] : [await sampleDataset(setup.cacheFolder)];
// So few pictures would otherwise be judged by folds, and the cycles are what there is to see.
if (!namesFolder) own.push('--set', 'data.foldChoiceBelow=0');
// Without TensorFlow's library only a preset that leaves the backbone frozen can be computed.
const preset = own.includes('--preset') ? [] : ['--preset', setup.tensorflow.ready ? 'balanced' : 'quick'];
process.exitCode = await runAnneal(['train', ...folder, ...preset, ...own]);

/** The folder of the sample dataset; it appears whole or not at all. */
async function sampleDataset(cache: string): Promise<string> {
  const target = join(cache, 'sample-pictures-1');
  if (existsSync(target)) return target;
  log('Drawing a sample dataset …');
  const temporary = `${target}.${process.pid}.tmp`;
  await drawSampleDataset(temporary);
  await rename(temporary, target).catch(async (error: unknown) => {
    await rm(temporary, { recursive: true, force: true });
    if (!existsSync(target)) throw error; // another start was faster
  });
  return target;
}

/** Runs the command line in a process of its own and passes interrupts on by sharing the terminal; gives its exit code. */
function runAnneal(args: readonly string[]): Promise<number> {
  const main = fileURLToPath(new URL('../src/cli/main.ts', import.meta.url));
  log(`anneal ${args.join(' ')}`);
  return new Promise((resolve, reject) => {
    process.on('SIGINT', () => undefined); // the command line keeps a checkpoint and ends by itself
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...args], { stdio: 'inherit' });
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
