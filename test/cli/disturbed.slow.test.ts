import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anneal, hasStackTrace, jsonLines, startAnneal } from '../support/anneal.ts';
import { repository } from '../support/run-script.ts';
import { tinyPictures, tinyTraining } from '../support/tiny-training.ts';

const memory = mkdtempSync(join(tmpdir(), 'anneal-disturbed-'));
let folder: string;

beforeAll(async () => {
  folder = await tinyPictures(join(memory, 'pictures'), 14);
});
afterAll(() => rmSync(memory, { recursive: true, force: true }));

const flags = (cycles: number, epochs: number): string[] => {
  const { preset, set } = tinyTraining(cycles, epochs);
  return ['--preset', preset, ...set.flatMap((one) => ['--set', one])];
};

/** Whether a small file system of one's own can be mounted here. */
const canMount = spawnSync('unshare', ['-rm', 'true']).status === 0;

describe('anneal train, disturbed', () => {
  it('trains two runs in one workspace at once, each as if it were alone', async () => {
    const out = join(memory, 'shared');
    const train = (seed: string, where: string) =>
      anneal(['train', folder, ...flags(2, 2), '--seed', seed, '--out', where, '--json'], { seconds: 300 });
    const together = await Promise.all([train('1', out), train('2', out)]);
    const alone = [await train('1', join(memory, 'alone')), await train('2', join(memory, 'alone'))];
    for (const [i, end] of together.entries()) {
      expect(end.code).toBe(0);
      expect(jsonLines(end).at(-1)!['members']).toEqual(jsonLines(alone[i]!).at(-1)!['members']);
    }
    const [listed] = jsonLines(await anneal(['runs', '--out', out, '--json']));
    expect((listed!['runs'] as { state: string }[]).map(({ state }) => state)).toEqual(['finished', 'finished']);
  });

  it('refuses to resume a run that another process trains', async () => {
    const out = join(memory, 'held');
    const run = startAnneal(['train', folder, ...flags(2, 20), '--out', out], { seconds: 300 });
    await run.saw('Epoch');
    const second = await anneal(['resume', 'last', '--out', out, '--json']);
    expect(second.code).toBe(2);
    expect(jsonLines(second).at(-1)).toMatchObject({
      type: 'error',
      code: 'store.wrongState',
      hint: `Process ${run.child.pid} works on it.`,
    });
    run.child.kill('SIGINT');
    run.child.kill('SIGINT');
    expect((await run.end).code).toBe(130);
  });

  it('ends with words when the workspace vanishes', async () => {
    const out = join(memory, 'vanishing');
    const run = startAnneal(['train', folder, ...flags(3, 4), '--out', out, '--json'], { seconds: 300 });
    await run.saw('epochEnded');
    rmSync(out, { recursive: true, force: true, maxRetries: 10 });
    const end = await run.end;
    expect([1, 2]).toContain(end.code);
    expect(hasStackTrace(end)).toBe(false);
    const errors = jsonLines(end).filter(({ type }) => type === 'error');
    expect(errors).toHaveLength(1);
    expect(errors[0]!['code']).not.toBe('internal');
  });

  it.skipIf(!canMount).each(['300k', '1m', '3m'])(
    'says that the disk of %s is full, and resumes when there is room',
    (size) => {
      const out = join(memory, `disk-${size}`);
      mkdirSync(out);
      const command = [process.execPath, '--import', 'tsx', 'src/cli/main.ts'].join(' ');
      const script = `mount -t tmpfs -o size=${size} small "$1" || exit 77
      ${command} train "$2" ${flags(2, 1).join(' ')} --out "$1" --json; echo "code $?"
      mount -o remount,size=300m "$1"
      ${command} resume last --out "$1" --json; echo "code $?"`;
      const end = spawnSync('unshare', ['-rm', 'sh', '-c', script, 'sh', out, folder], {
        cwd: repository,
        encoding: 'utf8',
      });
      const [first, second] = end.stdout.split(/^code /m);
      expect(first).toMatch(/"type":"error","code":"(store\.diskFull|system\.ENOSPC)"/);
      expect(end.stdout.match(/^code \d+/gm)).toEqual(['code 1', 'code 0']);
      expect(second).toContain('"type":"result"');
      expect(hasStackTrace({ code: 0, signal: null, stdout: end.stdout, stderr: end.stderr })).toBe(false);
    },
  );
});
