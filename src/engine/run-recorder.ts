import type { RunEvent } from '../protocol/run-event.ts';
import type { StoredEvent } from '../protocol/run-record.ts';
import type { Store } from '../store/store.ts';
import type { EventHub } from './event-hub.ts';

const flushMilliseconds = 100;
const terminal = new Set(['runFinished', 'runFailed', 'runCancelled', 'runInterrupted']);

const listed: ReadonlySet<RunEvent['type']> = new Set([
  'epochEnded',
  'cycleEnded',
  'snapshotSaved',
  'ensembleEvaluated',
  'runPaused',
  'runResumed',
]);

/** Numbers the events of one run, stores them in batches, then broadcasts them. Terminal events wait for nothing. */
export class RunRecorder {
  readonly #store: Store;
  readonly #hub: EventHub;
  readonly #runId: string;
  readonly #onFailure: (error: unknown) => void;
  readonly #onListed: () => void;
  #seq: number;
  #batch: StoredEvent[] = [];
  #timer: NodeJS.Timeout | null = null;
  /** Step of the newest event; what the engine itself tells of the run bears it. */
  step: number;

  /** `onListed`: called once events are stored that change what a list of runs shows of the run. */
  constructor(
    store: Store,
    hub: EventHub,
    runId: string,
    onFailure: (error: unknown) => void,
    onListed: () => void = () => undefined,
  ) {
    this.#store = store;
    this.#hub = hub;
    this.#runId = runId;
    this.#onFailure = onFailure;
    this.#onListed = onListed;
    this.#seq = store.events.lastSeq(runId);
    this.step = store.events.lastStep(runId);
  }

  record(event: RunEvent): void {
    this.step = event.step;
    this.#batch.push({ seq: ++this.#seq, at: Date.now(), superseded: false, event });
    if (terminal.has(event.type)) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), flushMilliseconds);
  }

  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const batch = this.#batch;
    this.#batch = [];
    if (batch.length === 0) return;
    try {
      this.#store.events.append(this.#runId, batch);
      for (const { event } of batch)
        if (event.type === 'snapshotSaved') this.#store.members.put(this.#runId, event.snapshot);
      const events = batch.map(({ event }) => event);
      this.#store.progress.observe(this.#runId, events);
    } catch (error) {
      this.#onFailure(error);
    }
    this.#hub.broadcast(this.#runId, batch);
    if (batch.some(({ event }) => listed.has(event.type))) this.#onListed();
  }
}
