import type { Engine } from '../src/engine/create-engine.ts';
import type { RunEvent } from '../src/protocol/run-event.ts';
import type { RunRecord } from '../src/protocol/run-record.ts';
import type { EndedRun, RunActivity } from './host-messages.ts';

export interface RunWatcherListeners {
  readonly activity: (activity: RunActivity) => void;
  readonly ended: (run: EndedRun) => void;
}

/** Often enough for a bar in the taskbar. */
const tellMilliseconds = 500;

/** Follows the runs of one engine, so that the shell knows of them while no window is open. */
export class RunWatcher {
  readonly #engine: Engine;
  readonly #listeners: RunWatcherListeners;
  readonly #followed = new Map<string, { unsubscribe: () => void; fraction: number | null; paused: boolean }>();
  readonly #unwatch: () => void;
  #timer: NodeJS.Timeout | null = null;
  #lastText = '';
  #toldRuns = 0;

  constructor(engine: Engine, listeners: RunWatcherListeners) {
    this.#engine = engine;
    this.#listeners = listeners;
    this.#unwatch = engine.watch((change) => {
      if (change.what === 'runs') this.#follow();
    });
    this.#follow();
  }

  close(): void {
    this.#unwatch();
    if (this.#timer) clearTimeout(this.#timer);
    for (const { unsubscribe } of this.#followed.values()) unsubscribe();
    this.#followed.clear();
  }

  #follow(): void {
    const ownRuns = this.#engine.ownRuns();
    for (const runId of ownRuns) if (!this.#followed.has(runId)) void this.#begin(runId);
    for (const [runId, { unsubscribe }] of this.#followed) {
      if (ownRuns.includes(runId)) continue;
      unsubscribe();
      this.#followed.delete(runId);
    }
    this.#tellSoon();
  }

  async #begin(runId: string): Promise<void> {
    const state = { unsubscribe: (): void => undefined, fraction: null as number | null, paused: false };
    this.#followed.set(runId, state);
    // What was told before the run was followed concerns an attempt that has ended.
    const record = await this.#read(runId);
    if (!record || this.#followed.get(runId) !== state) return;
    // A small run may have ended before anybody looked.
    if (record.state === 'finished') return this.#listeners.ended(endOf(record));
    state.paused = record.state === 'paused';
    state.unsubscribe = this.#engine.subscribe({ runId, from: record.seq + 1 }, ({ event }) =>
      this.#apply(event, state),
    );
  }

  #apply(event: RunEvent, state: { fraction: number | null; paused: boolean }): void {
    if (event.type === 'stepEnded') state.fraction = event.totalSteps > 0 ? event.step / event.totalSteps : null;
    if (event.type === 'runPaused') state.paused = true;
    if (event.type === 'runResumed' || event.type === 'runStarted') state.paused = false;
    if (event.type === 'runFinished' || event.type === 'runFailed') void this.#end(event.runId);
    this.#tellSoon();
  }

  async #end(runId: string): Promise<void> {
    const record = await this.#read(runId);
    if (record) this.#listeners.ended(endOf(record));
  }

  /** null: deleted meanwhile, or the engine is closing. */
  #read(runId: string): Promise<RunRecord | null> {
    return this.#engine.showRun({ run: runId }).catch(() => null);
  }

  #tellSoon(): void {
    // Whether there is work decides whether the application stays: that is told at once.
    if (this.#engine.ownRuns().length !== this.#toldRuns) return this.#tell();
    this.#timer ??= setTimeout(() => this.#tell(), tellMilliseconds);
  }

  #tell(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const runIds = this.#engine.ownRuns();
    // One run at a time is computed; the queued ones have no fraction.
    const running = [...this.#followed.values()].filter(({ fraction }) => fraction !== null).at(-1);
    const activity = { runIds, fraction: running?.fraction ?? null, paused: running?.paused ?? false };
    const text = JSON.stringify(activity);
    if (text !== this.#lastText) this.#listeners.activity(activity);
    this.#lastText = text;
    this.#toldRuns = runIds.length;
    // The engine lets a run go a moment after it told the run's end.
    if (runIds.length !== this.#followed.size) this.#follow();
  }
}

function endOf({ runId, number, heldOutAccuracy, error }: RunRecord): EndedRun {
  return { runId, number, accuracy: heldOutAccuracy?.accuracy ?? null, error };
}
