import { join } from 'node:path';
import { createEngine } from '../../../src/engine/create-engine.ts';
import { serve, type Served } from '../../../src/host/serve.ts';
import { readWindowFiles } from '../../../src/host/window-files.ts';
import { windowFolder } from '../../../build/window.ts';
import { openStore } from '../../../src/store/store.ts';
import type { RunEvent } from '../../../src/protocol/run-event.ts';
import type { StoredEvent } from '../../../src/protocol/run-record.ts';
import { addRun } from '../../support/sample-records.ts';

/** A real host and engine in this process, and a run whose events are made by the test and enter where the engine tells them. */
export interface MadeHost extends Served {
  readonly runId: string;
  /** Hands one event to every window that follows the run. */
  tell(event: MadeEvent): void;
  end(): Promise<void>;
}

export type MadeEvent = { [K in RunEvent as K['type']]: Omit<K, 'runId' | 'attempt'> }[RunEvent['type']];

export async function startMadeHost(workspace: string): Promise<MadeHost> {
  const runId = 'made-run';
  const engine = createEngine({ workspace });
  const store = openStore(workspace);
  await addRun(store, runId);
  store.runs.move(runId, 'running', { newAttempt: true });
  store.close();

  const told: StoredEvent[] = [];
  const listeners = new Set<(event: StoredEvent) => void>();
  const served = await serve({
    engine: {
      ...engine,
      subscribe: (input, listener) => {
        if (input.runId !== runId) return engine.subscribe(input, listener);
        for (const event of told) if (event.seq >= input.from) listener(event);
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    workspace,
    allowed: [join(workspace, 'runs')],
    window: await readWindowFiles(windowFolder),
    port: 0,
  });
  return {
    ...served,
    runId,
    tell: (event) => {
      const stored: StoredEvent = {
        seq: told.length + 1,
        at: Date.now(),
        superseded: false,
        event: { ...event, runId, attempt: 1 } as RunEvent,
      };
      told.push(stored);
      for (const listener of listeners) listener(stored);
    },
    end: async () => {
      await served.close();
      await engine.close();
    },
  };
}

/** A step of a run of 36,000 with a loss that falls and trembles. */
export function madeStep(step: number, totalSteps = 36_000): MadeEvent {
  return {
    type: 'stepEnded',
    step,
    measures: {
      loss: 2 * Math.exp((-3 * step) / totalSteps) + 0.1 * Math.sin(step * 12.9898),
      learningRate: 0.003 * (0.5 + 0.5 * Math.cos((Math.PI * (step % 7200)) / 7200)),
    },
    picturesPerSecond: 139 + 5 * Math.sin(step),
    totalSteps,
    secondsLeft: (totalSteps - step) / 10,
  };
}

export function madeEpoch(epoch: number, step: number): MadeEvent {
  const accuracyOf = (right: number) => ({
    accuracy: right / 150,
    n: 150,
    low: right / 200,
    high: right / 140,
    split: 'validation' as const,
  });
  return {
    type: 'epochEnded',
    step,
    epoch,
    totalEpochs: 5,
    trainLoss: 2 / epoch,
    train: accuracyOf(100 + epoch),
    validation: accuracyOf(90 + epoch),
    validationLoss: 2.2 / epoch,
    residentBytes: 1.4e9,
  };
}
