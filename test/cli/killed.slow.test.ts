import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomStream } from '../../src/base/random.ts';
import { anneal, hasStackTrace, jsonLines, startAnneal } from '../support/anneal.ts';
import { tinyPictures, tinyTraining } from '../support/tiny-training.ts';

const memory = mkdtempSync(join(tmpdir(), 'anneal-killed-'));
let folder: string;

const scratch = tinyTraining(3, 2);
const recipes = {
  scratch: ['--preset', scratch.preset, ...scratch.set.flatMap((one) => ['--set', one])],
  folds: [
    '--preset',
    'balanced',
    // On cached views of half of the network: another way than the other recipe's, and the folds take seconds.
    ...['tune.regime=upper', 'augment.mode=cachedViews', 'augment.views=2', 'model.inputSize=64'],
    ...['schedule.cycleEpochs=1', 'schedule.numCycles=3', 'data.batchSize=8'],
  ].flatMap((one) => (one.includes('=') ? ['--set', one] : [one])),
};
type Recipe = keyof typeof recipes;
interface Undisturbed {
  seconds: number;
  members: unknown;
  test: unknown;
}
const undisturbed = new Map<Recipe, Undisturbed>();

beforeAll(async () => {
  folder = await tinyPictures(join(memory, 'pictures'), 14);
  for (const recipe of Object.keys(recipes) as Recipe[]) {
    const run = startAnneal(['train', folder, ...recipes[recipe], '--out', join(memory, recipe), '--json'], {
      seconds: 300,
    });
    await run.saw('runQueued');
    const queued = performance.now();
    const { members, test } = jsonLines(await run.end).at(-1)!;
    undisturbed.set(recipe, { seconds: (performance.now() - queued) / 1000, members, test });
  }
});
afterAll(() => rmSync(memory, { recursive: true, force: true }));

/** Processes of which `pid` is the parent. */
const childrenOf = (pid: number): number[] => {
  try {
    return execFileSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map(Number);
  } catch {
    return [];
  }
};

async function isGone(pid: number): Promise<boolean> {
  for (let i = 0; i < 200; i++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
}

/**
 * Twenty seeded moments; without ANNEAL_ALL_MOMENTS=1 four of them, to keep the whole run of tests short: by share and by event, of each
 * recipe.
 * A moment is a share of the undisturbed time, or shortly after an event that a write follows or precedes.
 */
const events = [
  '"cache"',
  '"features"',
  'runStarted',
  'epochEnded',
  'checkpointSaved',
  'snapshotSaved',
  'ensembleEvaluated',
  '"test"',
];
const random = randomStream(20, 'moments');
const trials = Array.from({ length: 20 }, (_, i) => {
  const recipe: Recipe = i % 5 < 3 ? 'scratch' : 'folds';
  const moment =
    i % 2 === 0
      ? { share: random.between(0.02, 0.98) }
      : { after: events[((i - 1) / 2) % events.length]!, milliseconds: random.integer(60) };
  return { i, recipe, moment };
}).filter(({ i }) => process.env['ANNEAL_ALL_MOMENTS'] === '1' || [0, 3, 11, 18].includes(i));

describe('a run whose processes are killed with SIGKILL', () => {
  it.each(trials)(
    'trial $i ($recipe, $moment) is resumed to the same snapshots, and leaves no process behind',
    async ({ i, recipe, moment }) => {
      const known = undisturbed.get(recipe)!;
      const out = join(memory, `trial-${i}`);
      const run = startAnneal(['train', folder, ...recipes[recipe], '--out', out, '--json'], { seconds: 300 });
      await run.saw('runQueued');
      const wait = 'share' in moment ? known.seconds * 1000 * moment.share : moment.milliseconds;
      // An event that this recipe does not tell: then at its end.
      if ('after' in moment) await run.saw(moment.after).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, wait));
      const lanes = run.child.pid === undefined ? [] : childrenOf(run.child.pid);
      run.child.kill('SIGKILL');
      await run.end;
      for (const lane of lanes) expect(await isGone(lane)).toBe(true);

      const end = await anneal(['resume', 'last', '--out', out, '--json'], { seconds: 300 });
      expect(hasStackTrace(end)).toBe(false);
      expect(end.code).toBe(0);
      const result = jsonLines(end).at(-1)!;
      expect(result).toMatchObject({ type: 'result', members: known.members, test: known.test });
      const [shown] = jsonLines(await anneal(['runs', 'show', 'last', '--out', out, '--json']));
      const told = (shown!['snapshots'] as { sha256: string }[]).map(({ sha256 }) => sha256).sort();
      expect(told).toEqual((known.members as { sha256: string }[]).map(({ sha256 }) => sha256).sort());
      const left = readdirSync(join(out, 'runs', String(result['runId'])), { recursive: true, encoding: 'utf8' });
      expect(left.filter((name) => name.includes('.safetensors') && name.startsWith('members'))).toHaveLength(
        new Set(told).size,
      );
      rmSync(out, { recursive: true, force: true });
    },
  );

  it.each([0.2, 0.5, 0.8, 0.95])(
    'an export killed at %d of its time leaves no half file under its name',
    async (share) => {
      const common = ['export', 'last', '--format', 'bundle', '--workspace', join(memory, 'folds')];
      const whole = join(memory, `whole-${share}.anneal`);
      const started = performance.now();
      expect(await anneal([...common, '--out', whole])).toMatchObject({ code: 0 });
      const seconds = (performance.now() - started) / 1000;

      const target = join(memory, `killed-${share}.anneal`);
      const run = startAnneal([...common, '--out', target]);
      await new Promise((resolve) => setTimeout(resolve, seconds * share * 1000));
      run.child.kill('SIGKILL');
      await run.end;
      if (!existsSync(target)) expect(await anneal([...common, '--out', target])).toMatchObject({ code: 0 });
      const predictions = async (model: string) =>
        jsonLines(
          await anneal(['predict', model, join(folder, 'red'), '--out', join(memory, 'folds'), '--json']),
        ).filter(({ type }) => type === 'prediction');
      expect(await predictions(target)).toEqual(await predictions(whole));
    },
  );
});
