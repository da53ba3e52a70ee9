import type { Accuracy } from '../../../src/protocol/accuracy.ts';
import type { PlanRecord } from '../../../src/protocol/plan-record.ts';
import type { RunEvent } from '../../../src/protocol/run-event.ts';
import type { RunMember } from '../../../src/protocol/run-member.ts';
import type { RunRecord, StoredEvent } from '../../../src/protocol/run-record.ts';

type Told = RunEvent extends infer E ? (E extends RunEvent ? Omit<E, 'runId' | 'attempt'> : never) : never;

/** Numbers events as the store does, 10 ms apart. */
export class EventBook {
  readonly events: StoredEvent[] = [];
  attempt = 1;
  /** What `start` tells; null as runs did before plans were told. */
  plan: PlanRecord | null = null;

  tell(event: Told, superseded = false): StoredEvent {
    const seq = this.events.length + 1;
    const stored: StoredEvent = {
      seq,
      at: 1_000_000 + 10 * seq,
      superseded,
      event: { ...event, runId: 'r', attempt: this.attempt } as RunEvent,
    };
    this.events.push(stored);
    return stored;
  }

  start(totalSteps: number, resumedFromStep: number | null = null): StoredEvent {
    const step = resumedFromStep ?? 0;
    return this.tell({ type: 'runStarted', step, totalSteps, resumedFromStep, plan: this.plan, stepsBefore: 0 });
  }

  step(step: number, totalSteps = 100): StoredEvent {
    return this.tell({
      type: 'stepEnded',
      step,
      measures: { loss: 1 / step, learningRate: 0.001 },
      picturesPerSecond: 100,
      totalSteps,
      secondsLeft: null,
    });
  }

  epoch(epoch: number, step: number): StoredEvent {
    return this.tell({
      type: 'epochEnded',
      step,
      epoch,
      totalEpochs: 10,
      trainLoss: 0.5,
      train: accuracy(0.9),
      validation: accuracy(0.8),
      validationLoss: 0.6,
      residentBytes: 1e9,
    });
  }

  snapshot(cycle: number, step: number): StoredEvent {
    const snapshot: RunMember = {
      name: `snapshot-${cycle}`,
      kind: 'snapshot',
      index: cycle,
      step,
      sha256: 'a'.repeat(64),
      bytes: 1000,
      accuracy: accuracy(0.8),
    };
    return this.tell({ type: 'snapshotSaved', step, snapshot });
  }
}

function accuracy(value: number): Accuracy {
  return { accuracy: value, low: value - 0.05, high: value + 0.05, n: 150, split: 'validation' };
}

/** A record as `showRun` gives it; only what the window reads of it here. */
export function recordAt(seq: number, state: RunRecord['state'], more: Partial<RunRecord> = {}): RunRecord {
  return { runId: 'r', name: 'a run', state, seq, snapshots: [], error: null, result: null, ...more } as RunRecord;
}
