import { AnnealError } from '../base/errors.ts';
import { toFailure } from '../base/failure.ts';
import type { RunEvent } from '../protocol/run-event.ts';
import type { TrainJob } from '../protocol/train-job.ts';
import { ownLease } from '../store/process-lease.ts';
import type { Store } from '../store/store.ts';
import { toStoreError } from '../store/store-error.ts';
import type { EventHub } from './event-hub.ts';
import { LaneStopped, type Lane, type LaneTask } from './lane.ts';
import { RunRecorder } from './run-recorder.ts';
import { storeMembers } from './store-members.ts';
import { storePredictions } from './store-predictions.ts';

/** Attempts in a row that may crash without a newer checkpoint. */
const triesWithoutProgress = 3;
/** What the engine alone says of a run; a lane's word on it is ignored. */
const ownEvents = new Set(['runQueued', 'runFinished', 'runFailed', 'runCancelled', 'runInterrupted']);

export interface RunSupervisorOptions {
  readonly store: Store;
  readonly hub: EventHub;
  /** The training lane. */
  readonly lane: Lane;
  readonly makeJob: (runId: string, attempt: number) => Promise<TrainJob>;
  /** Called when what a list of runs shows of the run has changed. */
  readonly onChange: (runId: string) => void;
  /** Called once its end is stored and told; what it throws is nobody's concern. */
  readonly onFinished: (runId: string) => void;
}

interface Active {
  /** False: others stand before it. */
  begun: boolean;
  task: LaneTask<'train'> | null;
  stopAs: 'cancelled' | 'interrupted' | null;
  done: Promise<void>;
}

/**
 * Sees runs through in the training lane, one after the other: starts them, records what they tell, resumes them from their
 * last checkpoint when the lane's process dies, and gives each attempt exactly one end.
 */
export class RunSupervisor {
  readonly #store: Store;
  readonly #hub: EventHub;
  readonly #lane: Lane;
  readonly #makeJob: RunSupervisorOptions['makeJob'];
  readonly #onChange: RunSupervisorOptions['onChange'];
  readonly #onFinished: RunSupervisorOptions['onFinished'];
  readonly #active = new Map<string, Active>();
  #queue: Promise<void> = Promise.resolve();

  constructor({ store, hub, lane, makeJob, onChange, onFinished }: RunSupervisorOptions) {
    this.#store = store;
    this.#hub = hub;
    this.#lane = lane;
    this.#makeJob = makeJob;
    this.#onChange = onChange;
    this.#onFinished = onFinished;
  }

  /** Queues a run whose row this process holds. */
  start(runId: string): void {
    if (this.#active.has(runId)) throw new AnnealError('store.runBusy', { runId, state: 'running', pid: process.pid });
    const active: Active = { begun: false, task: null, stopAs: null, done: Promise.resolve() };
    this.#active.set(runId, active);
    active.done = this.#queue.then(() => this.#begin(runId, active));
    this.#queue = active.done.catch(() => undefined);
    this.#onChange(runId);
  }

  async #begin(runId: string, active: Active): Promise<void> {
    // Stopped while it waited: that was told then.
    if (active.stopAs) return;
    active.begun = true;
    await this.#see(runId, active).finally(() => {
      this.#active.delete(runId);
      this.#onChange(runId);
    });
  }

  isActive(runId: string): boolean {
    return this.#active.has(runId);
  }

  activeRuns(): readonly string[] {
    return [...this.#active.keys()];
  }

  pause(runId: string, paused: boolean): boolean {
    const task = this.#active.get(runId)?.task;
    task?.control(paused ? 'pause' : 'go');
    return task !== null && task !== undefined;
  }

  /** Asks the run to stop behind a checkpoint; resolves when it has. One that waits in the queue leaves it at once. */
  async stop(runId: string, as: 'cancelled' | 'interrupted'): Promise<void> {
    const active = this.#active.get(runId);
    if (!active) return;
    active.stopAs = as;
    if (!active.begun) return this.#leaveQueue(runId, as);
    active.task?.control('stop');
    await active.done.catch(() => undefined);
  }

  #leaveQueue(runId: string, as: 'cancelled' | 'interrupted'): void {
    this.#active.delete(runId);
    const recorder = new RunRecorder(this.#store, this.#hub, runId, () => undefined);
    const attempt = this.#store.runs.head(runId)?.attempt ?? 0;
    this.#store.runs.move(runId, as);
    const type = as === 'cancelled' ? 'runCancelled' : 'runInterrupted';
    recorder.record({ type, runId, attempt, step: recorder.step });
    this.#onChange(runId);
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.#active.keys()].map((runId) => this.stop(runId, 'interrupted')));
  }

  async #see(runId: string, active: Active): Promise<void> {
    let storeError: unknown = null;
    const onFailure = (error: unknown): void => {
      storeError ??= toStoreError(error, this.#store.layout.database);
      active.task?.control('stop');
    };
    const recorder = new RunRecorder(this.#store, this.#hub, runId, onFailure, () => this.#onChange(runId));
    let tries = 0;
    let checkpoint = -1;
    for (;;) {
      let attempt = this.#store.runs.head(runId)?.attempt ?? 0;
      const tell = (event: TerminalBody): void =>
        recorder.record({ ...event, runId, attempt, step: recorder.step } as RunEvent);
      try {
        if (active.stopAs) throw new LaneStopped();
        this.#store.runs.move(runId, 'running', { lease: ownLease(), newAttempt: true, error: null });
        this.#onChange(runId);
        attempt++;
        active.task = this.#lane.run<'train'>(
          { kind: 'train', train: await this.#makeJob(runId, attempt) },
          {
            event: (event) => {
              if (ownEvents.has(event.type)) return;
              if (event.type === 'checkpointSaved' || event.type === 'snapshotSaved') {
                if (event.step > checkpoint) tries = 0;
                checkpoint = Math.max(checkpoint, event.step);
              }
              if (event.type === 'runPaused') this.#quietly(() => this.#store.runs.move(runId, 'paused'));
              if (event.type === 'runResumed') this.#quietly(() => this.#store.runs.move(runId, 'running'));
              recorder.record(event);
            },
          },
        );
        if (active.stopAs) active.task.control('stop');
        const result = await active.task.result;
        recorder.flush();
        if (storeError) throw storeError;
        await storeMembers(this.#store, runId);
        // They stay in the run's folder: a row that could not be written costs time later, not the run.
        await storePredictions(this.#store, result).catch(() => undefined);
        this.#store.runs.move(runId, 'finished', { result });
        tell({ type: 'runFinished', result });
        return this.#quietly(() => this.#onFinished(runId));
      } catch (thrown) {
        const error = storeError ?? toStoreError(thrown, this.#store.layout.database);
        if (error instanceof LaneStopped) {
          const state = active.stopAs ?? 'interrupted';
          this.#quietly(() => this.#store.runs.move(runId, state));
          return tell({ type: state === 'cancelled' ? 'runCancelled' : 'runInterrupted' });
        }
        const crashed = error instanceof AnnealError && error.code === 'engine.laneCrashed';
        if (crashed && !active.stopAs && ++tries < triesWithoutProgress) {
          this.#store.runs.move(runId, 'interrupted');
          tell({ type: 'runInterrupted' });
          continue;
        }
        const failure = toFailure(error);
        this.#quietly(() => this.#store.runs.move(runId, 'failed', { error: failure }));
        return tell({ type: 'runFailed', error: failure });
      }
    }
  }

  /** For changes whose failing (the workspace has gone) must not hide the first error. */
  #quietly(change: () => void): void {
    try {
      change();
    } catch {
      // What is told to listeners does not depend on it.
    }
  }
}

type TerminalBody = { [K in RunEvent as K['type']]: Omit<K, 'runId' | 'attempt' | 'step'> }[
  'runFinished' | 'runFailed' | 'runCancelled' | 'runInterrupted'];
