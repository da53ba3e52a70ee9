import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createEngine, type Engine } from '../../src/engine/create-engine.ts';
import type { RunResult } from '../../src/protocol/run-event.ts';
import { listen, rememberingFork, tinyPictures, tinyTraining } from '../support/tiny-training.ts';

const memory = mkdtempSync(join(tmpdir(), 'anneal-engine-'));
const { fork, trainer } = rememberingFork();
let engine: Engine;
let folder: string;

beforeAll(async () => {
  folder = await tinyPictures(join(memory, 'pictures'));
  engine = createEngine({ workspace: join(memory, 'workspace'), fork });
});
afterAll(async () => {
  await engine.close();
  rmSync(memory, { recursive: true, force: true });
});

const resultOf = (event: { type: string; result?: RunResult }): RunResult => {
  if (!event.result) throw new Error(`ended as ${JSON.stringify(event)}`);
  return event.result;
};

describe('a run whose lane dies', () => {
  it('goes on by itself after its process was killed, with the same snapshots, and can be cancelled and resumed', async () => {
    const first = await engine.startRun({ folder, ...tinyTraining(3) });
    const undisturbed = resultOf(await listen(engine, first.runId).ended());

    const second = await engine.startRun({ folder, ...tinyTraining(3) });
    const told = listen(engine, second.runId);
    await told.until('snapshotSaved');
    trainer().kill();
    await told.until('runInterrupted');
    await told.until('runStarted');
    await engine.cancelRun({ run: second.runId });
    expect(await engine.showRun({ run: second.runId })).toMatchObject({ state: 'cancelled', attempt: 2 });
    expect(told.types().at(-1)).toBe('runCancelled');

    const before = await engine.showRun({ run: second.runId });
    await engine.resumeRun({ run: second.runId });
    const result = resultOf(await listen(engine, second.runId, before.seq + 1).ended());
    expect(result.members).toEqual(undisturbed.members);
    expect(result.test).toEqual(undisturbed.test);
    const after = await engine.showRun({ run: second.runId });
    expect(after).toMatchObject({ state: 'finished', attempt: 3 });
    expect(after.snapshots.map(({ sha256 }) => sha256)).toEqual(undisturbed.members.map(({ sha256 }) => sha256));
  });
});
