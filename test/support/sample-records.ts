import * as v from 'valibot';
import type { Dataset } from '../../src/protocol/dataset.ts';
import type { RunEvent } from '../../src/protocol/run-event.ts';
import type { StoredEvent } from '../../src/protocol/run-record.ts';
import { trainConfigSchema } from '../../src/settings/train-config.ts';
import type { Lease } from '../../src/store/process-lease.ts';
import type { Store } from '../../src/store/store.ts';

export const sampleConfig = v.parse(trainConfigSchema, {});

const sampleDataset: Dataset = {
  formatVersion: 2,
  root: '/pictures',
  classes: ['ants', 'bees'],
  pictures: [],
  problems: [],
  pairs: [],
  contentHash: 'c'.repeat(64),
};

/** A run in a store, in state `queued`. */
export async function addRun(store: Store, id: string, lease: Lease | null = null): Promise<void> {
  const datasetVersionId = await store.datasets.put(sampleDataset);
  const run = { id, name: id, purpose: 'run' as const, config: sampleConfig, datasetVersionId, createdAt: 1 };
  store.runs.create({ ...run, lease, state: 'queued' });
}

export function stored(seq: number, event: object, attempt = 1): StoredEvent {
  return { seq, at: seq, superseded: false, event: { runId: 'r', attempt, ...event } as RunEvent };
}

export function stepEvent(step: number): object {
  return {
    type: 'stepEnded',
    step,
    measures: { loss: 1 / step, learningRate: 0.1 },
    picturesPerSecond: 10,
    totalSteps: 500,
    secondsLeft: null,
  };
}
