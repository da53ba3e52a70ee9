import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createEngine, type Engine } from '../../src/engine/create-engine.ts';
import type { RunResult } from '../../src/protocol/run-event.ts';
import { openStore } from '../../src/store/store.ts';
import { listen, tinyPictures, tinyTraining } from '../support/tiny-training.ts';

const memory = mkdtempSync(join(tmpdir(), 'anneal-engine-'));
let engine: Engine;
let folder: string;

beforeAll(async () => {
  folder = await tinyPictures(join(memory, 'pictures'));
  engine = createEngine({ workspace: join(memory, 'workspace') });
});
afterAll(async () => {
  await engine.close();
  rmSync(memory, { recursive: true, force: true });
});

const resultOf = (event: { type: string; result?: RunResult }): RunResult => {
  if (!event.result) throw new Error(`ended as ${JSON.stringify(event)}`);
  return event.result;
};

describe('a run', () => {
  it('is told from its queueing to one end, and stored with configuration, snapshots and result', async () => {
    const { runId } = await engine.startRun({ folder, ...tinyTraining() });
    const told = listen(engine, runId);
    const result = resultOf(await told.ended());
    const types = told.types();
    expect(types[0]).toBe('runQueued');
    expect(types.indexOf('runStarted')).toBeGreaterThan(0);
    expect(types.filter((type) => type === 'snapshotSaved')).toHaveLength(2);
    expect(types.filter((type) => /^run(Finished|Failed|Cancelled|Interrupted)$/.test(type))).toEqual(['runFinished']);
    expect(types.at(-1)).toBe('runFinished');
    expect(told.events.map(({ seq }) => seq)).toEqual(told.events.map((_, i) => i + 1));

    const record = await engine.showRun({ run: runId.slice(0, -1) });
    expect(record).toMatchObject({ state: 'finished', attempt: 1, result, error: null, preset: 'scratch' });
    expect(record.config.schedule.numCycles).toBe(2);
    expect(record.snapshots.map(({ sha256 }) => sha256)).toEqual(result.members.map(({ sha256 }) => sha256));
    for (const accuracy of [result.ensemble, result.test!]) {
      expect(accuracy.low).toBeLessThanOrEqual(accuracy.accuracy);
      expect(accuracy.high).toBeGreaterThanOrEqual(accuracy.accuracy);
    }
    const store = openStore(join(memory, 'workspace'));
    for (const { sha256 } of result.members) {
      const version = store.runs.get(runId)!.datasetVersionId;
      expect(store.predictions.get(sha256, version, 'test')).toMatchObject({
        runId,
        pictures: result.test!.n,
        classes: 2,
      });
      expect(store.predictions.get(sha256, version, 'validation')).toMatchObject({ pictures: result.ensemble.n });
    }
    store.close();
    const late = listen(engine, runId);
    expect(late.events).toEqual(told.events);
  });

  it('can be paused and continued, pinned, and deleted with its files', async () => {
    const { runId } = await engine.startRun({ folder, ...tinyTraining(2, 2) });
    const told = listen(engine, runId);
    await told.until('stepEnded');
    await engine.pauseRun({ run: runId });
    await told.until('runPaused');
    expect(await engine.showRun({ run: runId })).toMatchObject({ state: 'paused' });
    const count = told.events.length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(told.events).toHaveLength(count);
    await expect(engine.deleteRun({ run: runId })).rejects.toMatchObject({ code: 'store.runBusy' });
    await engine.continueRun({ run: runId });
    resultOf(await told.ended());

    await engine.pinRun({ run: runId, pinned: true });
    await expect(engine.deleteRun({ run: runId })).rejects.toMatchObject({ code: 'store.pinned' });
    await engine.pinRun({ run: runId, pinned: false });
    const { folder: runFolder } = await engine.showRun({ run: runId });
    expect(existsSync(runFolder)).toBe(true);
    await engine.deleteRun({ run: runId });
    expect(existsSync(runFolder)).toBe(false);
    expect((await engine.listRuns({})).map((run) => run.runId)).not.toContain(runId);
  });

  it('is refused before it exists when something is wrong with what was asked', async () => {
    const before = await engine.listRuns({});
    const refused = (input: object) => expect(engine.startRun({ folder, ...input } as never)).rejects;
    await refused({ set: ['model.backbone=efficientnet_lit0'] }).toMatchObject({
      code: 'zoo.unknownModel',
      params: { nearest: 'efficientnet_lite0' },
    });
    await refused({ preset: 'scratch', set: ['model.backbone=resnet21'] }).toMatchObject({
      code: 'models.unknownArchitecture',
    });
    await refused({ folder: join(folder, 'red', '00000.png') }).toMatchObject({ code: 'data.rootIsFile' });
    await refused({ folder: join(folder, 'nowhere') }).toMatchObject({ code: 'data.rootMissing' });
    await refused({ preset: 'fastest' }).toMatchObject({ code: 'engine.badInput', kind: 'input' });
    await refused({ colour: 'red' }).toMatchObject({ code: 'engine.badInput', params: { key: 'colour' } });
    expect(await engine.listRuns({})).toEqual(before);
  });
});
