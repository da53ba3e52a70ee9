import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anneal, jsonLines, startAnneal } from '../support/anneal.ts';
import { tinyPictures } from '../support/tiny-training.ts';

const memory = mkdtempSync(join(tmpdir(), 'anneal-diverging-'));
afterAll(() => rmSync(memory, { recursive: true, force: true }));

/** With ANNEAL_ALL_MOMENTS=1 all of them. */
const moments = ['train.steppedBack', 'checkpointSaved'].slice(0, process.env['ANNEAL_ALL_MOMENTS'] ? 2 : 1);

/** A hundred times a rate that does well: the first steps end what the network knew. */
const wild = [
  'tune.regime=upper',
  'optimizer.name=nesterov',
  'optimizer.clipNorm=0',
  'augment.mode=cachedViews',
  'data.foldChoiceBelow=0',
  'data.batchSize=8',
  'model.inputSize=64',
  'augment.views=2',
  'schedule.cycleEpochs=3',
  'schedule.numCycles=2',
  'schedule.maxLearningRate=0.3',
].flatMap((one) => ['--set', one]);

describe('a training that goes wrong and is killed with SIGKILL', () => {
  let folder: string;
  const train = (name: string) =>
    startAnneal(['train', folder, '--preset', 'balanced', ...wild, '--out', join(memory, name), '--json'], {
      seconds: 300,
    });
  let whole: { members: unknown; test: unknown };
  let stepBacks: Record<string, unknown>[];
  beforeAll(async () => {
    folder = await tinyPictures(join(memory, 'pictures'), 20);
    const lines = jsonLines(await train('whole').end);
    const { members, test } = lines.at(-1)!;
    whole = { members, test };
    stepBacks = lines.filter(({ type, code }) => type === 'diagnosticFound' && code === 'train.steppedBack');
  });

  it('is put back, at a lower rate each time, and ends as a network that is right', () => {
    expect(stepBacks.length).toBeGreaterThan(0);
    expect(whole.test).toMatchObject({ accuracy: 1 });
  });

  it.each(moments)('right after %s, is resumed to the same bits', async (moment) => {
    const run = train(moment);
    await run.saw(moment);
    run.child.kill('SIGKILL');
    await run.end;
    const end = await anneal(['resume', 'last', '--out', join(memory, moment), '--json'], { seconds: 300 });
    expect(end.code).toBe(0);
    expect(jsonLines(end).at(-1)).toMatchObject(whole);
  });
});
