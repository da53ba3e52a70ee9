/**
 * Whether two checkouts give the same results to the bit: every preset and seed is trained in both, and the sha256 of every member and
 * every accuracy are compared. Each run's result is kept in WORK, so that an interrupted call goes on where it stopped.
 * Run: tsx test/bench/experiments/same-results.ts BEFORE AFTER WORK [DATA_FOLDER...] [--presets quick,balanced] [--seeds 0,1] [--side before] [--set KEY=VALUE...]
 * BEFORE and AFTER are checkouts with their packages installed. The sample dataset is always among the data. Exit code 1: something differs.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { drawSampleDataset } from '../../../src/data/sample-dataset.ts';
import { writeFileAtomic } from '../../../src/weights/atomic-file.ts';
import type { RunResult } from '../../../src/protocol/run-event.ts';

/** What has to be equal. */
type Outcome = Pick<RunResult, 'members' | 'selected' | 'ensemble' | 'test' | 'split' | 'doubtedLabels'>;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    presets: { type: 'string', default: 'quick,balanced,scratch,thorough' },
    seeds: { type: 'string', default: '0,1' },
    threads: { type: 'string', default: '2' },
    side: { type: 'string' },
    /** Shortens what takes long, the same way on both sides. */
    set: { type: 'string', multiple: true, default: [] },
  },
});
const [before, after, work, ...folders] = positionals;
if (work === undefined) throw new Error('usage: same-results.ts BEFORE AFTER WORK [DATA_FOLDER...]');
const sides = { before: resolve(before!), after: resolve(after!) };
const asked =
  values.side === undefined ? (['before', 'after'] as const) : ([values.side as 'before' | 'after'] as const);

const sample = join(work, 'data', 'sample');
if (!existsSync(join(sample, 'drawn'))) {
  await drawSampleDataset(sample);
  await writeFile(join(sample, 'drawn'), '');
}
let differing = 0;
for (const preset of values.presets.split(',')) {
  for (const folder of [sample, ...folders.map((path) => resolve(path))]) {
    for (const seed of values.seeds.split(',')) {
      const outcomes: Outcome[] = [];
      for (const side of asked) outcomes.push(await outcomeOf(side, folder, preset, seed));
      const texts = outcomes.map((outcome) => JSON.stringify(outcome));
      const equal = texts.every((text) => text === texts[0]);
      if (!equal) differing++;
      console.log(
        JSON.stringify({
          dataset: basename(folder),
          preset,
          seed,
          sides: asked,
          equal,
          ...(equal ? {} : { outcomes }),
        }),
      );
    }
  }
}
process.exitCode = differing === 0 ? 0 : 1;

async function outcomeOf(side: 'before' | 'after', folder: string, preset: string, seed: string): Promise<Outcome> {
  const file = join(work!, 'outcomes', side, `${[basename(folder), preset, seed, ...values.set].join('-')}.json`);
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return JSON.parse(known) as Outcome;
  const workspace = join(work!, 'workspaces', side);
  await mkdir(join(work!, 'outcomes', side), { recursive: true });
  const args = [
    'train',
    folder,
    '--preset',
    preset,
    '--seed',
    seed,
    '--threads',
    values.threads,
    '--workspace',
    workspace,
    ...values.set.flatMap((assignment) => ['--set', assignment]),
  ];
  const { members, selected, ensemble, test, split, doubtedLabels } = await annealIn(sides[side], args);
  const outcome = { members, selected, ensemble, test, split, doubtedLabels };
  await writeFileAtomic(file, JSON.stringify(outcome, null, 1));
  await rm(workspace, { recursive: true, force: true });
  return outcome;
}

/** Runs `anneal` of a checkout with --json; resolves to its result line. Throws when it fails. */
async function annealIn(checkout: string, args: readonly string[]): Promise<RunResult> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args, '--json'], {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let last = '';
  const ended = new Promise<number | null>((done) => child.once('close', done));
  for await (const line of createInterface({ input: child.stdout })) {
    if ((JSON.parse(line) as { type: string }).type === 'result') last = line;
  }
  const code = await ended;
  if (code !== 0 || last === '') throw new Error(`anneal ${args.join(' ')} in ${checkout} ended with ${code}`);
  return JSON.parse(last) as RunResult;
}
