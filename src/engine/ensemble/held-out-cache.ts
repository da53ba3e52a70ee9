import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredRun } from '../../store/runs.ts';
import type { Store } from '../../store/store.ts';
import { membersFileName } from '../../weights/members-file.ts';
import { heldOutFileName, predictionsFolder } from '../../weights/prediction-files.ts';
import { loadHeldOut, type HeldOut } from './held-out.ts';

/** Of a hundred thousand pictures and many classes one alone is large. */
const kept = 2;

/** Predictions of members stay in memory for the runs looked at last, so that a switch is answered at once. */
export class HeldOutCache {
  readonly #store: Store;
  readonly #entries = new Map<string, { readonly stamp: string; readonly value: Promise<HeldOut> }>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** @throws what loadHeldOut throws */
  async of(run: StoredRun): Promise<HeldOut> {
    const stamp = await this.#stampOf(run);
    const cached = this.#entries.get(run.runId);
    const entry = cached?.stamp === stamp ? cached : { stamp, value: loadHeldOut(this.#store, run) };
    this.#entries.delete(run.runId);
    this.#entries.set(run.runId, entry);
    if (this.#entries.size > kept) this.#entries.delete(this.#entries.keys().next().value!);
    entry.value.catch(() => this.#entries.delete(run.runId));
    return entry.value;
  }

  forget(runId: string): void {
    this.#entries.delete(runId);
  }

  /** Changes with each member that is added, and with what is computed again. */
  async #stampOf({ runId, state, attempt }: StoredRun): Promise<string> {
    const folder = join(this.#store.layout.runs, runId);
    const paths = [join(folder, membersFileName), join(predictionsFolder(folder), heldOutFileName)];
    const found = await Promise.all(paths.map((path) => stat(path).catch(() => null)));
    return JSON.stringify([state, attempt, ...found.map((file) => [file?.mtimeMs, file?.size])]);
  }
}
