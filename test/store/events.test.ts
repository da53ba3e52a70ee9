import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { addRun, stepEvent, stored } from '../support/sample-records.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const epoch = (step: number): object => ({
  type: 'epochEnded',
  step,
  epoch: step,
  totalEpochs: 9,
  trainLoss: 1,
  train: null,
  validation: null,
  validationLoss: null,
  residentBytes: 0,
});
const snapshot = (step: number, sha256: string): object => ({
  type: 'snapshotSaved',
  step,
  snapshot: { name: `s${step}`, kind: 'snapshot', index: step, step, sha256, bytes: 3, accuracy: null },
});

async function openWithRun() {
  const store = openStore(temporaryFolder());
  await addRun(store, 'r');
  return store;
}

describe('events in the store', () => {
  it('gives back steps and other events in the order of their numbers, from any number on', async () => {
    const store = await openWithRun();
    const events = Array.from({ length: 450 }, (_, i) =>
      stored(i + 1, (i + 1) % 50 === 0 ? epoch(i + 1) : stepEvent(i + 1)),
    );
    for (let i = 0; i < events.length; i += 7) store.events.append('r', events.slice(i, i + 7));
    expect(store.events.read('r')).toEqual(events);
    expect(store.events.read('r', 333)).toEqual(events.slice(332));
    expect(store.events.lastSeq('r')).toBe(450);
    expect(store.events.lastStep('r')).toBe(450);
    store.close();
  });

  it('marks what lies behind the step a resume went back to, and keeps the life of the run', async () => {
    const store = await openWithRun();
    const told = [
      stored(1, { type: 'runStarted', step: 0, totalSteps: 9, resumedFromStep: null, plan: null, stepsBefore: 0 }),
      stored(2, stepEvent(1)),
      stored(3, epoch(1)),
      stored(4, snapshot(1, 'a')),
      stored(5, stepEvent(2)),
      stored(6, epoch(2)),
      stored(7, snapshot(2, 'b')),
      stored(8, { type: 'runInterrupted', step: 2 }),
    ];
    store.events.append('r', told);
    store.events.append('r', [
      stored(9, { type: 'runStarted', step: 1, totalSteps: 9, resumedFromStep: 1, plan: null, stepsBefore: 0 }, 2),
      stored(10, stepEvent(2), 2),
    ]);
    const superseded = store.events
      .read('r')
      .filter((event) => event.superseded)
      .map(({ seq }) => seq);
    expect(superseded).toEqual([5, 6, 7]);
    expect(store.events.lastStep('r')).toBe(2);
    store.close();
  });

  it('keeps any measure under its name, whichever steps measured it', async () => {
    const store = await openWithRun();
    const measured = [
      { loss: 3 },
      { loss: 2, gradientNorm: 7 },
      { loss: 1 },
      { gradientNorm: 5, 'updateRatio/head': 0.001 },
    ];
    measured.forEach((measures, i) => store.events.append('r', [stored(i + 1, { ...stepEvent(i + 1), measures })]));
    const read = store.events.read('r').map(({ event }) => event.type === 'stepEnded' && event.measures);
    expect(read).toEqual(measured);
    store.close();
  });

  it('leaves out a loss that is no number, and keeps the rest of the step', async () => {
    const store = await openWithRun();
    store.events.append('r', [
      stored(1, { ...stepEvent(1), measures: { loss: NaN, learningRate: 0.1 } }),
      stored(2, { ...stepEvent(2), measures: { loss: 3, learningRate: 0.2 } }),
    ]);
    const measures = store.events.read('r').map(({ event }) => event.type === 'stepEnded' && event.measures);
    expect(measures).toEqual([{ learningRate: 0.1 }, { loss: 3, learningRate: 0.2 }]);
    store.close();
  });

  it('stores a member told twice once, its accuracy when it comes later, and one made anew in its place', async () => {
    const store = await openWithRun();
    const named = { name: 'snapshot-2', kind: 'snapshot', index: 1 } as const;
    const record = { ...named, step: 10, sha256: 'a'.repeat(64), bytes: 5, accuracy: null };
    const accuracy = { accuracy: 0.5, split: 'validation', n: 10, low: 0.2, high: 0.8 } as const;
    store.members.put('r', record);
    store.members.put('r', { ...record, accuracy });
    store.members.put('r', record);
    expect(store.members.of('r')).toEqual([{ ...record, accuracy }]);
    const again = { ...record, sha256: 'b'.repeat(64) };
    store.members.put('r', again);
    expect(store.members.of('r')).toEqual([again]);
    const other = { ...again, name: 'fold-1', kind: 'fold', index: 0 } as const;
    store.members.replace('r', [other]);
    expect(store.members.of('r')).toEqual([other]);
    store.close();
  });

  it('gives predictions back bit for bit', async () => {
    const store = await openWithRun();
    const entry = {
      member: 'm',
      datasetVersionId: 1,
      split: 'test',
      runId: 'r',
      pictures: 2,
      classes: 2,
      probabilities: Float32Array.of(0.1, 0.9, 1 / 3, 2 / 3),
    } as const;
    store.predictions.put(entry);
    expect(store.predictions.get('m', 1, 'test')).toEqual(entry);
    expect(store.predictions.get('m', 1, 'train')).toBeNull();
    store.close();
  });
});
