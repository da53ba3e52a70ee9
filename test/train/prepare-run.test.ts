import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { prepareRun } from '../../src/train/prepare-run.ts';
import { RunContext } from '../../src/train/run-context.ts';
import { configOf, jobOf, paintedDataset, rememberingHost } from '../support/training-fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'anneal-prepare-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const scratch = configOf({
  model: { backbone: 'resnet20', pretrained: false, inputSize: 32 },
  tune: { regime: 'scratch' },
});

describe('prepareRun', () => {
  it('leaves out a picture that vanished after the scan, and says so', async () => {
    const dataset = await paintedDataset(folder, { perClass: 10 });
    const known = new RunContext(await jobOf(folder, dataset, scratch, [], 'before'), rememberingHost());
    const all = await prepareRun(known);
    const lost = all.pool[3]!;
    await known.close();
    rmSync(join(folder, 'cache'), { recursive: true });
    rmSync(join(dataset.root, dataset.pictures[lost]!.path));

    const context = new RunContext(await jobOf(folder, dataset, scratch, [], 'after'), rememberingHost());
    const prepared = await prepareRun(context);
    await context.close();
    expect(prepared.pool).toEqual(all.pool.filter((picture) => picture !== lost));
    expect(prepared.problems.map(({ path }) => path)).toContain(dataset.pictures[lost]!.path);
  });

  it('refuses to train on fewer than two pictures a class', async () => {
    const dataset = await paintedDataset(join(folder, 'few'), { perClass: 2 });
    const context = new RunContext(await jobOf(folder, dataset, scratch, [], 'few'), rememberingHost());
    await expect(prepareRun(context)).rejects.toMatchObject({ code: 'train.tooFewPictures' });
  });
});
