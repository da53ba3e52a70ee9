import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TrainingPlan } from '../../src/schedules/training-plan.ts';
import { createEngine, type Engine } from '../../src/engine/create-engine.ts';
import type { WorkspaceChange } from '../../src/protocol/engine-api.ts';
import { openStore } from '../../src/store/store.ts';
import { listen, tinyPictures, tinyTraining } from '../support/tiny-training.ts';

const memory = mkdtempSync(join(tmpdir(), 'anneal-queue-'));
const workspace = join(memory, 'workspace');
let engine: Engine;
let folder: string;

beforeAll(async () => {
  folder = await tinyPictures(join(memory, 'pictures'), 20);
  engine = createEngine({ workspace });
});
afterAll(async () => {
  await engine.close();
  rmSync(memory, { recursive: true, force: true });
});

const start = async (...set: string[]): Promise<string> => {
  const training = tinyTraining(2);
  return (await engine.startRun({ folder, ...training, set: [...training.set, ...set] })).runId;
};
const headOf = async (runId: string) => (await engine.listRuns({})).find((run) => run.runId === runId)!;

describe('runs that wait for each other', () => {
  it('stand in a queue that is told, and leave it at once when cancelled', async () => {
    const changes: WorkspaceChange[] = [];
    const unwatch = engine.watch((change) => changes.push(change));
    const [first, second, third] = [await start(), await start(), await start()];
    const told = [first, second, third].map((runId) => listen(engine, runId));
    await told[0]!.until('epochEnded');
    expect(await headOf(first)).toMatchObject({ state: 'running', queuedBehind: 0 });
    expect((await headOf(first)).number + 1).toBe((await headOf(second)).number);
    expect(await headOf(second)).toMatchObject({ state: 'queued', queuedBehind: 1 });
    expect(await headOf(third)).toMatchObject({ state: 'queued', queuedBehind: 2 });

    await engine.cancelRun({ run: second });
    expect(await headOf(second)).toMatchObject({ state: 'cancelled' });
    expect(told[1]!.types().at(-1)).toBe('runCancelled');
    expect(await headOf(first)).toMatchObject({ state: 'running' });
    expect(await headOf(third)).toMatchObject({ queuedBehind: 1 });

    await engine.resumeRun({ run: second });
    expect(await headOf(second)).toMatchObject({ state: 'queued', queuedBehind: 2 });
    const ended = await Promise.all([told[0]!.ended(), told[2]!.ended(), told[1]!.until('runFinished')]);
    expect(ended.map(({ type }) => type)).toEqual(['runFinished', 'runFinished', 'runFinished']);
    // In the order they were queued: the resumed one last.
    const ends = [first, third, second].map((runId) => listen(engine, runId).events.at(-1)!.at);
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    expect(await headOf(first)).toMatchObject({
      progress: { epoch: 2, totalEpochs: 2, cycle: 2, totalCycles: 2, members: 2 },
      curve: [expect.any(Number), expect.any(Number)] as unknown,
      heldOutAccuracy: { split: 'validation' },
    });
    for (const runId of [first, second, third]) expect(changes).toContainEqual({ what: 'runs', id: runId });
    unwatch();
  });
});

describe('the list of runs', () => {
  it('takes new names and notes, hides what was discarded, and brings it back', async () => {
    const { runId, folder: runFolder } = await engine.showRun({ run: 'last' });
    await engine.renameRun({ run: runId, name: 'second look' });
    await engine.noteRun({ run: runId, note: 'darker pictures' });
    expect(await headOf(runId)).toMatchObject({ name: 'second look', note: 'darker pictures' });
    await engine.discardRun({ run: runId });
    expect(await headOf(runId)).toBeUndefined();
    await expect(engine.showRun({ run: runId })).rejects.toMatchObject({ code: 'store.runDiscarded' });
    // Another process that opens the workspace leaves it to the one that may take it back.
    openStore(workspace).close();
    expect(existsSync(runFolder)).toBe(true);
    await engine.restoreRun({ run: runId });
    expect(await headOf(runId)).toMatchObject({ name: 'second look' });
  });

  it('compares two runs on the pictures that both held out, setting by setting', async () => {
    const runs = await engine.listRuns({});
    const other = await start('optimizer.momentum=0.8');
    await listen(engine, other).ended();
    const same = await engine.compareRuns({ first: runs[0]!.runId, second: runs[1]!.runId });
    expect(same.settings).toEqual([]);
    expect(same.paired).toMatchObject({ difference: 0, withinChance: true });
    const { settings, equal, sameDataset, paired } = await engine.compareRuns({ first: other, second: runs[0]!.runId });
    expect(settings).toEqual([{ key: 'optimizer.momentum', first: '0.8', second: '0.9' }]);
    expect(equal.length).toBeGreaterThan(40);
    expect(sameDataset).toBe(true);
    const accuracyOf = async (run: string) => (await engine.showRun({ run })).result!.ensemble.accuracy;
    expect(paired!.difference).toBeCloseTo((await accuracyOf(other)) - (await accuracyOf(runs[0]!.runId)), 12);
    expect(paired!.n).toBe(runs[0]!.heldOutAccuracy!.n);
  });
});

it('plans with what finished runs measured', async () => {
  const { dataset } = await engine.openDataset({ folder });
  const training = tinyTraining(2);
  const config = { schedule: { cycleEpochs: 1, numCycles: 2 }, data: { batchSize: 8 } };
  const plan = await engine.planTraining({ dataset, preset: training.preset, config });
  expect(plan.estimate).toMatchObject({ basis: 'measured' });
  expect(plan.estimate.seconds).toBeGreaterThan(0);
  expect(plan).toMatchObject({ backbone: 'resnet20', inputSize: 32, snapshots: 2 });
  expect(new TrainingPlan(plan.training!).epochs).toBe(2);
  const { presets, reasons } = await engine.proposeTraining({ dataset });
  expect(presets).toHaveLength(4);
  expect(reasons).toHaveLength(2);
});

it('clears the cache, and makes it again when it is needed', async () => {
  const { dataset } = await engine.openDataset({ folder });
  const costOf = async () => (await engine.planTraining({ dataset, preset: 'scratch' })).estimate.diskBytes;
  const warm = await costOf();
  const { bytes } = await engine.clearCache({});
  // 40 pictures of 32 × 32.
  expect((await costOf()) - warm).toBe(40 * (32 * 32 * 3 + 4));
  expect(bytes).toBeGreaterThan(0);
  expect((await engine.clearCache({})).bytes).toBe(0);
  await listen(engine, await start()).ended();
});
