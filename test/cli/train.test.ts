import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anneal, hasStackTrace, jsonLines, startAnneal } from '../support/anneal.ts';
import { tinyPictures, tinyTraining } from '../support/tiny-training.ts';

const memory = mkdtempSync(join(tmpdir(), 'anneal-cli-'));
const out = join(memory, 'workspace');
let folder: string;

beforeAll(async () => {
  folder = await tinyPictures(join(memory, 'pictures'));
});
afterAll(() => rmSync(memory, { recursive: true, force: true }));

const flags = (cycles: number, epochs: number): string[] => {
  const { preset, set } = tinyTraining(cycles, epochs);
  return ['--preset', preset, ...set.flatMap((one) => ['--set', one]), '--out', out];
};

describe('anneal train', () => {
  it('with --json writes one object a line, the result last, and its configuration can be given back', async () => {
    const end = await anneal(['train', folder, ...flags(2, 1), '--seed', '3', '--json']);
    expect(end).toMatchObject({ code: 0 });
    const lines = jsonLines(end);
    const result = lines.at(-1)!;
    expect(result).toMatchObject({ type: 'result', test: { split: 'test' }, problems: [] });
    expect(result['members']).toHaveLength(2);
    for (const part of [result['ensemble'], result['test']]) {
      expect(Object.keys(part as object).sort()).toEqual(['accuracy', 'high', 'low', 'n', 'split']);
    }
    const types = lines.map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining(['runQueued', 'runStarted', 'epochEnded', 'snapshotSaved', 'runFinished']),
    );
    expect(types.filter((type) => type === 'result')).toHaveLength(1);

    const runId = String(result['runId']);
    const [shown] = jsonLines(await anneal(['runs', 'show', runId, '--out', out, '--json']));
    expect(shown).toMatchObject({
      state: 'finished',
      config: { seed: 3, preset: 'scratch', schedule: { numCycles: 2 } },
    });
    const config = join(memory, 'config.json');
    writeFileSync(config, JSON.stringify(shown!['config']));
    const again = jsonLines(await anneal(['train', folder, '--config', config, '--out', out, '--json'])).at(-1)!;
    expect(again['members']).toEqual(result['members']);
  });

  it('stopped with one Ctrl-C keeps a checkpoint and exits with 130; resume ends it, and a closed pipe does not', async () => {
    const run = startAnneal(['train', folder, ...flags(2, 20)]);
    await run.saw('Epoch');
    run.child.kill('SIGINT');
    const stopped = await run.end;
    expect(stopped.code).toBe(130);
    expect(stopped.stderr).toMatch(/anneal resume \S+/);
    expect(hasStackTrace(stopped)).toBe(false);

    const resumed = startAnneal(['resume', 'last', '--out', out, '--json']);
    await resumed.saw('runStarted');
    resumed.child.stdout!.destroy();
    const end = await resumed.end;
    expect(end).toMatchObject({ code: 0, stderr: '' });
    const [shown] = jsonLines(await anneal(['runs', 'show', 'last', '--out', out, '--json']));
    expect(shown).toMatchObject({ state: 'finished', attempt: 2 });
  });
});
