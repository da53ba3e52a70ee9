import { describe, expect, it } from 'vitest';
import { loadDriver } from '../../src/store/driver.ts';
import { migrations } from '../../src/store/migrations.ts';
import type { RunMember } from '../../src/protocol/run-member.ts';
import { ownLease } from '../../src/store/process-lease.ts';
import { openStore } from '../../src/store/store.ts';
import type { RunEvent, RunResult } from '../../src/protocol/run-event.ts';
import { addRun, sampleConfig } from '../support/sample-records.ts';
import { processorMilliseconds } from '../support/processor-time.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';

const accuracyOf = (accuracy: number) => ({ accuracy, split: 'validation', n: 10, low: 0, high: 1 }) as const;
const epoch = (number: number, accuracy: number | null) =>
  ({
    ...{ type: 'epochEnded', runId: 'r', attempt: 1, step: number, epoch: number, totalEpochs: 6 },
    ...{ trainLoss: 1, train: null, validationLoss: null, residentBytes: 1 },
    validation: accuracy === null ? null : accuracyOf(accuracy),
  }) as RunEvent;
const snapshot = (index: number): RunMember => ({
  ...{ name: `snapshot-${index + 1}`, kind: 'snapshot', index, step: index },
  ...{ sha256: `${index}`.repeat(64), bytes: 1, accuracy: null },
});

describe('what a list shows of a run', () => {
  it('follows epochs, cycles, snapshots and the ensemble, and forgets epochs that a resume does again', async () => {
    const store = openStore(temporaryFolder());
    await addRun(store, 'r', ownLease());
    const head = () => store.runs.list()[0]!;
    expect(head()).toMatchObject({ progress: null, curve: [], heldOutAccuracy: null, averaged: null, number: 1 });
    store.progress.observe('r', [epoch(1, 0.5), epoch(2, 0.6), epoch(3, 0.7)]);
    store.progress.observe('r', [{ type: 'cycleEnded', cycle: 0, totalCycles: 2, runId: 'r', attempt: 1, step: 3 }]);
    store.members.put('r', snapshot(0));
    const progress = { epoch: 3, totalEpochs: 6, cycle: 1, totalCycles: 2, members: 1 };
    expect(head()).toMatchObject({ progress, curve: [0.5, 0.6, 0.7] });
    store.progress.observe('r', [epoch(2, 0.65)]);
    expect(head()).toMatchObject({ progress: { epoch: 2 }, curve: [0.5, 0.65] });
    const report = {
      ...{ members: ['snapshot-1'], gainOverMean: 0, gainOverBest: 0, disagreement: 0, millisecondsPerPicture: 1 },
      accuracy: accuracyOf(0.8),
    };
    store.progress.observe('r', [{ type: 'ensembleEvaluated', report, runId: 'r', attempt: 1, step: 3 }]);
    expect(head().heldOutAccuracy).toEqual(accuracyOf(0.8));
    store.close();
  });

  it('counts the runs of its own process that stand before it', async () => {
    const store = openStore(temporaryFolder());
    for (const id of ['first', 'second', 'third']) await addRun(store, id, ownLease());
    await addRun(store, 'elsewhere', { pid: 1, start: 'another' });
    store.runs.move('first', 'running');
    const behind = () => Object.fromEntries(store.runs.list().map((run) => [run.runId, run.queuedBehind]));
    expect(behind()).toEqual({ first: 0, second: 1, third: 2, elsewhere: 0 });
    store.runs.move('first', 'cancelled');
    expect(behind()).toEqual({ first: 0, second: 0, third: 1, elsewhere: 0 });
    store.runs.move('second', 'cancelled');
    await new Promise((resolve) => setTimeout(resolve, 2));
    store.runs.move('first', 'queued', { lease: ownLease() });
    expect(behind()).toMatchObject({ third: 0, first: 1 });
    store.close();
  });

  it('numbers runs from 1 and gives no number twice', async () => {
    const store = openStore(temporaryFolder());
    for (const id of ['a', 'b']) await addRun(store, id);
    store.runs.move('b', 'cancelled');
    store.runs.delete('b');
    await addRun(store, 'c');
    await addRun(store, 'c');
    await addRun(store, 'd');
    expect(store.runs.list().map(({ runId, number }) => [runId, number])).toEqual([
      ['d', 4],
      ['c', 3],
      ['a', 1],
    ]);
    store.close();
  });

  it('is read for 500 runs in well under 50 ms', async () => {
    const store = openStore(temporaryFolder());
    for (let i = 0; i < 500; i++) {
      await addRun(store, `run-${i}`, ownLease());
      const epochs = Array.from({ length: 30 }, (_, e) => epoch(e + 1, 0.5));
      store.progress.observe(`run-${i}`, epochs);
      for (let s = 0; s < 5; s++) store.members.put(`run-${i}`, snapshot(s));
      if (i < 480) store.runs.move(`run-${i}`, 'cancelled');
    }
    const times = Array.from({ length: 5 }, () => processorMilliseconds(() => store.runs.list()));
    expect(store.runs.list()).toHaveLength(500);
    expect(Math.min(...times)).toBeLessThan(50);
    store.close();
  });
});

it('fills what lists show for runs that an older version left', () => {
  const path = join(temporaryFolder(), 'w');
  mkdirSync(path);
  const Driver = loadDriver();
  const old = new Driver(join(path, 'anneal.db'));
  old.exec(migrations[0]!);
  old.pragma(`application_id = ${0x416e6e6c}`);
  old.pragma('user_version = 1');
  old.exec(
    "INSERT INTO datasets VALUES (1, '/pictures', 1); INSERT INTO dataset_versions VALUES (1, 1, 'c', 5, 2, 'f', 1)",
  );
  const add = old.prepare(
    "INSERT INTO runs (id, name, state, config, datasetVersionId, result, createdAt) VALUES (?, 'n', ?, ?, 1, ?, ?)",
  );
  const result: Omit<RunResult, 'figures' | 'temperature' | 'verdicts'> = {
    ...{ runId: 'r', backbone: 'lite0', classes: ['ants', 'bees'], problems: [], doubtedLabels: [] },
    ...{ ensemble: accuracyOf(0.9), test: null, timings: { total: 1 }, split: { train: 3, validation: 1, test: 1 } },
    members: [{ name: 'a', accuracy: 0.9, sha256: 'a'.repeat(64) }],
    selected: [{ name: 'a', weight: 2 }],
  };
  add.run('later', 'failed', JSON.stringify(sampleConfig), null, 2);
  add.run('r', 'finished', JSON.stringify({ ...sampleConfig, preset: 'quick' }), JSON.stringify(result), 1);
  const event = old.prepare("INSERT INTO events VALUES ('r', ?, 1, 1, ?, ?)");
  event.run(1, 0, JSON.stringify(epoch(1, 0.25)));
  event.run(2, 1, JSON.stringify(epoch(2, 0.1)));
  event.run(3, 0, JSON.stringify(epoch(2, 0.75)));
  const envelope = { runId: 'r', attempt: 1, step: 4 };
  event.run(4, 0, JSON.stringify({ ...envelope, type: 'cycleEnded', cycle: 1, totalCycles: 3 }));
  const saved = { name: 'fold-1', cycle: 0, step: 4, sha256: 'a', bytes: 3, accuracy: accuracyOf(0.5) };
  event.run(5, 0, JSON.stringify({ ...envelope, type: 'snapshotSaved', snapshot: saved }));
  const addSnapshot = old.prepare("INSERT INTO snapshots VALUES ('r', ?, ?, ?, 4, 3, ?)");
  addSnapshot.run(0, 'a', 'fold-1', JSON.stringify(accuracyOf(0.5)));
  addSnapshot.run(3, 'b', 'snapshot-4', null);
  old.close();

  const store = openStore(path);
  const fold = { name: 'fold-1', kind: 'fold', index: 0, step: 4, sha256: 'a', bytes: 3, accuracy: accuracyOf(0.5) };
  const fourth = { name: 'snapshot-4', kind: 'snapshot', index: 3, step: 4, sha256: 'b', bytes: 3, accuracy: null };
  expect(store.members.of('r')).toEqual([fold, fourth]);
  const told = store.events.read('r').find(({ event: { type } }) => type === 'snapshotSaved')!;
  expect(told.event).toEqual({ ...envelope, type: 'snapshotSaved', snapshot: fold });
  expect(store.runs.list()).toMatchObject([
    { runId: 'later', number: 2, backbone: null, progress: null, curve: [], heldOutAccuracy: null, averaged: null },
    {
      ...{ runId: 'r', number: 1, backbone: 'lite0', preset: 'quick', curve: [0.25, 0.75], averaged: 1 },
      progress: { epoch: 2, totalEpochs: 6, cycle: 2, totalCycles: 3, members: 2 },
      purpose: 'run',
      heldOutAccuracy: accuracyOf(0.9),
    },
  ]);
  expect(store.runs.get('r')!.chosen).toEqual([{ name: 'a', weight: 2 }]);
  store.close();
});
