import type { DatasetSummary, PictureRow } from '../../../src/protocol/dataset-view.ts';
import { tellFailure } from '../../state/actions.ts';
import { app } from '../../state/app.svelte.ts';
import { changes } from '../../state/changes.svelte.ts';
import { locale } from '../../state/locale.svelte.ts';

/** `listPictures` takes no more at once. */
const most = 1000;

/** Pictures of a run as they stand in its dataset now, and what can be done about them by hand. */
export class JudgedPictures {
  /** Number of the run's dataset; null while unknown. */
  dataset = $state<string | null>(null);
  summary = $state.raw<DatasetSummary | null>(null);
  /** By path; absent: not in the dataset any more, or not asked for yet. */
  rows = $state.raw<Readonly<Record<string, PictureRow>>>({});
  /** The dataset has left the workspace. */
  gone = $state(false);

  async open(dataset: string): Promise<void> {
    this.dataset = dataset;
    try {
      this.summary = app.summary(dataset) ?? (await app.client.call('showDataset', { dataset }));
    } catch {
      this.gone = true;
    }
  }

  /** Looks up where these pictures are now. */
  async load(paths: readonly string[]): Promise<void> {
    const { dataset } = this;
    const missing = paths.filter((path) => !this.rows[path]).slice(0, most);
    if (dataset === null || missing.length === 0) return;
    try {
      const { rows } = await app.client.call('listPictures', { dataset, paths: missing, limit: most });
      this.#take(rows);
    } catch {
      this.gone = true;
    }
  }

  labelOf(name: string): number | null {
    return this.summary?.classes.find((row) => row.name === name)?.label ?? null;
  }

  nameOf(label: number): string {
    return this.summary?.classes.find((row) => row.label === label)?.name ?? '';
  }

  /** Into another class of the dataset, with a way back. */
  async move(path: string, label: number): Promise<void> {
    const from = this.rows[path]?.label;
    if (from === undefined || from === label) return;
    await this.#change(
      path,
      locale.text.ensemble.moved(this.nameOf(label)),
      { kind: 'move', label },
      { kind: 'move', label: from },
    );
  }

  async toggleLeftOut(path: string): Promise<void> {
    const out = this.rows[path]?.role === 'leftOut';
    const { leftOutDone, putBackDone } = locale.text.ensemble;
    const change = (value: boolean) => ({ kind: 'leaveOut', leftOut: value }) as const;
    await this.#change(path, out ? putBackDone : leftOutDone, change(!out), change(out));
  }

  async #change(path: string, message: string, change: Change, back: Change): Promise<void> {
    if (!(await this.#edit(path, change))) return;
    changes.did({ message, undo: () => this.#edit(path, back), redo: () => this.#edit(path, change) });
  }

  /** Whether it was done. */
  async #edit(path: string, change: Change): Promise<boolean> {
    const { dataset } = this;
    if (dataset === null) return false;
    try {
      this.summary = await app.client.call('editPictures', { dataset, paths: [path], change });
      app.keepSummary(this.summary);
      const { rows } = await app.client.call('listPictures', { dataset, paths: [path] });
      this.#take(rows);
      return true;
    } catch (error) {
      tellFailure(error);
      return false;
    }
  }

  #take(rows: readonly PictureRow[]): void {
    this.rows = { ...this.rows, ...Object.fromEntries(rows.map((row) => [row.path, row])) };
  }
}

type Change =
  { readonly kind: 'move'; readonly label: number } | { readonly kind: 'leaveOut'; readonly leftOut: boolean };
