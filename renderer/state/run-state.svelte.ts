import { untrack } from 'svelte';
import { toFailure, type FailureData } from '../../src/base/failure.ts';
import type { RunEvent } from '../../src/protocol/run-event.ts';
import type { RunRecord, StoredEvent } from '../../src/protocol/run-record.ts';
import type { AnnealClient } from '../client/client.ts';
import { RunModel, type RunFacts } from './run-model.ts';

/** At most ten times a second: charts rebuild all their paths on new data. */
const paintPause = 100;
const refreshPause = 500;
const estimatePause = 5000;
/** A view that is left and opened again soon finds everything still there. */
const keepMilliseconds = 20_000;

/** One run as the window shows it: follows its events while somebody holds it. Memory is bounded, whatever the run tells. */
export class RunState {
  readonly runId: string;
  /** Settings, name and what does not come by events; null until told. */
  record = $state.raw<RunRecord | null>(null);
  /** What the events have told; replaced as a whole, at most ten times a second. */
  facts = $state.raw<RunFacts>(new RunModel().facts());
  /** Estimated by the engine, taken over every 5 s so that it can be read. */
  secondsLeft = $state<number | null>(null);
  /** Record and the events so far are there. */
  ready = $state(false);
  /** Why the run cannot be shown: it is gone, or the host refused. */
  failure = $state.raw<FailureData | null>(null);

  readonly #client: AnnealClient;
  readonly #onIdle: () => void;
  #model = new RunModel();
  #holders = 0;
  #stop: (() => void) | null = null;
  #idleTimer: ReturnType<typeof setTimeout> | null = null;
  #refreshTimer: ReturnType<typeof setTimeout> | null = null;
  #paintTimer: ReturnType<typeof setTimeout> | null = null;
  #paintedAt = 0;
  #estimatedAt = 0;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on the screen follows who listens
  readonly #listeners = new Set<(event: RunEvent) => void>();

  /** `onIdle`: nobody has held it for a while. */
  constructor(client: AnnealClient, runId: string, onIdle: () => void = () => {}) {
    this.#client = client;
    this.runId = runId;
    this.#onIdle = onIdle;
  }

  /** Follows the run until the returned function is called. */
  hold(): () => void {
    this.#holders++;
    if (this.#idleTimer) clearTimeout(this.#idleTimer);
    this.#stop ??= this.#follow();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      if (--this.#holders === 0) this.#idleTimer = setTimeout(() => this.#end(), keepMilliseconds);
    };
  }

  /** Tells what happens from now on, nothing of what was before. */
  onEvent(listener: (event: RunEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Reads the record again: name, note and pin do not come by events. */
  async refresh(): Promise<void> {
    try {
      const record = await this.#client.call('showRun', { run: this.runId });
      this.#model.applyRecord(record);
      this.record = record;
      this.failure = null;
      this.#paintSoon();
    } catch (error) {
      this.failure = toFailure(error);
    }
  }

  /** Subscribed before the record is asked for, so that nothing falls between the two. */
  #follow(): () => void {
    const from = this.#model.seq + 1;
    const unsubscribe = this.#client.subscribe({ runId: this.runId, from }, (events) => this.#apply(events));
    const unwatch = this.#client.watch(({ what, id }) => {
      if (what === 'runs' && (id === null || id === this.runId)) this.#refreshSoon();
    });
    void this.refresh();
    return () => {
      unsubscribe();
      unwatch();
    };
  }

  /** A running training tells of itself several times a second. */
  #refreshSoon(): void {
    if (this.#refreshTimer) return;
    this.#refreshTimer = setTimeout(() => {
      this.#refreshTimer = null;
      if (this.#stop) void this.refresh();
    }, refreshPause);
  }

  #apply(events: readonly StoredEvent[]): void {
    for (const stored of events) {
      const live = this.record !== null && stored.seq > Math.max(this.record.seq, this.#model.seq);
      this.#model.apply(stored);
      if (live) for (const listener of this.#listeners) listener(stored.event);
    }
    this.#paintSoon();
  }

  #paintSoon(): void {
    const wait = Math.max(0, this.#paintedAt + paintPause - performance.now());
    this.#paintTimer ??= setTimeout(() => this.#paint(), wait);
  }

  #paint(): void {
    this.#paintTimer = null;
    this.#paintedAt = performance.now();
    this.facts = this.#model.facts();
    if (this.#paintedAt - this.#estimatedAt >= estimatePause || this.secondsLeft === null) {
      this.#estimatedAt = this.#paintedAt;
      this.secondsLeft = secondsLeftIn(this.facts);
    }
    // A record read again may be a few events ahead for a moment; what is shown stays.
    this.ready ||= this.record !== null && this.#model.caughtUp;
  }

  #end(): void {
    this.#stop?.();
    this.#stop = null;
    if (this.#paintTimer) clearTimeout(this.#paintTimer);
    this.#paintTimer = null;
    this.#onIdle();
  }
}

/** Nothing before so many steps: the first ones pay for tracing and caches, an estimate from them would mislead. */
const estimateFrom = 20;

function secondsLeftIn({ phase, now }: RunFacts): number | null {
  if (phase) return phase.secondsLeft;
  return now && now.step >= estimateFrom ? now.secondsLeft : null;
}

/** The runs that are followed, so that the Run view and the job strip share one. */
export class FollowedRuns {
  readonly #client: () => AnnealClient;
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- the states are reactive, not which there are
  readonly #states = new Map<string, RunState>();

  constructor(client: () => AnnealClient) {
    this.#client = client;
  }

  /** The state of a run; hold it while it is shown, see `follow`. */
  get(runId: string): RunState {
    let state = this.#states.get(runId);
    if (!state) {
      state = new RunState(this.#client(), runId, () => this.#states.delete(runId));
      this.#states.set(runId, state);
    }
    return state;
  }

  /** For a component's script: the state of the run that `runId` names now, followed for as long as the component lives. */
  follow(runId: () => string | null): { readonly current: RunState | null } {
    const held = $derived.by(() => {
      const id = runId();
      return id === null ? null : this.get(id);
    });
    $effect(() => {
      const state = held;
      return untrack(() => state?.hold());
    });
    return {
      get current() {
        return held;
      },
    };
  }
}
