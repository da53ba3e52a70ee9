import { toFailure, type FailureData } from '../../../src/base/failure.ts';
import type { DatasetSummary, FolderChanges, PicturePreview, PictureRow } from '../../../src/protocol/dataset-view.ts';
import type { CommandInput } from '../../../src/protocol/engine-api.ts';
import type { Progress } from '../../../src/protocol/lane-job.ts';
import type { AnnealClient } from '../../client/client.ts';
import { IndexRanges } from '../../components/index-ranges.ts';
import { PageCache } from './page-cache.ts';
import { SeenPictures } from './seen-pictures.ts';

type Query = Omit<CommandInput<'listPictures'>, 'offset' | 'limit'>;
type Change = CommandInput<'editPictures'>['change'];

const fewPictures = 8;

/** One dataset as the view shows it: its summary, the pages in sight, and what is going on with it. */
export class DatasetState {
  readonly id: string;
  summary = $state.raw<DatasetSummary | null>(null);
  error = $state.raw<FailureData | null>(null);
  listError = $state.raw<FailureData | null>(null);
  changes = $state.raw<FolderChanges | null>(null);
  checking = $state.raw<Progress | null>(null);
  /** Of the pictures that are listed now. */
  selection = $state.raw(IndexRanges.empty);
  /** Rows of the first few selected ones: what the inspector and the network's eyes show. */
  readonly chosenRows: readonly PictureRow[] = $derived.by(() =>
    this.selection.first(fewPictures).flatMap((index) => this.row(index) ?? []),
  );
  /** Raised whenever other rows are there. */
  #rowsVersion = $state(0);
  #seenVersion = $state(0);
  readonly #seen: SeenPictures;
  readonly #client: AnnealClient;
  readonly #onSummary: (summary: DatasetSummary) => void;
  readonly #pages: PageCache<PictureRow>;
  #query: Query | null = null;
  #checkAbort: AbortController | null = null;
  #reading: Promise<void> | null = null;
  #readAgain = false;

  /** `onSummary` hears each summary that comes. */
  constructor(client: AnnealClient, id: string, onSummary: (summary: DatasetSummary) => void) {
    this.id = id;
    this.#client = client;
    this.#onSummary = onSummary;
    this.#pages = new PageCache<PictureRow>(
      (offset, limit, signal) => {
        if (!this.#query) return Promise.resolve({ total: 0, rows: [] });
        return client.call('listPictures', { ...this.#query, offset, limit }, { signal });
      },
      (failed) => {
        this.listError = failed === null ? null : toFailure(failed);
        this.#rowsVersion++;
      },
    );
    this.#seen = new SeenPictures(
      (paths, signal) => client.call('previewPictures', { dataset: id, paths: [...paths], draws: 0 }, { signal }),
      () => this.#seenVersion++,
    );
  }

  /** Follows the dataset until the returned function is called. */
  open(): () => void {
    const stop = this.#client.watch(({ what, id }) => {
      if (what === 'datasets' && (id === null || id === this.id)) void this.read();
    });
    const look = (): void => {
      if (document.visibilityState === 'visible') void this.lookForChanges();
    };
    // The tiny check of names and times: when the person comes back from the file manager, and now and then.
    addEventListener('focus', look);
    const timer = setInterval(look, 30_000);
    void this.read().then(look);
    return () => {
      stop();
      removeEventListener('focus', look);
      clearInterval(timer);
      this.#pages.close();
      this.#seen.close();
      this.#checkAbort?.abort();
    };
  }

  /** Reads the summary and, where the content is another, the rows in sight. Calls that meet are one. */
  read(): Promise<void> {
    if (this.#reading) {
      this.#readAgain = true;
      return this.#reading;
    }
    this.#reading = this.#read().finally(() => {
      this.#reading = null;
      if (!this.#readAgain) return;
      this.#readAgain = false;
      void this.read();
    });
    return this.#reading;
  }

  async #read(): Promise<void> {
    try {
      this.#take(await this.#client.call('showDataset', { dataset: this.id }));
    } catch (thrown) {
      this.error = toFailure(thrown);
    }
  }

  #take(summary: DatasetSummary): void {
    const before = this.summary;
    this.summary = summary;
    this.error = null;
    this.#onSummary(summary);
    const same = before?.contentHash === summary.contentHash && before.scannedAt === summary.scannedAt;
    if (!same || before.undo !== summary.undo) this.#pages.refresh();
  }

  /** Which pictures are listed. */
  show(query: Query | null): void {
    if (JSON.stringify(query) === JSON.stringify(this.#query)) return;
    this.#query = query;
    this.selection = IndexRanges.empty;
    this.#pages.clear();
    this.#rowsVersion++;
  }

  /** null: not known yet. */
  get total(): number | null {
    void this.#rowsVersion;
    return this.#pages.total;
  }

  row(index: number): PictureRow | null {
    void this.#rowsVersion;
    return this.#pages.row(index);
  }

  want(range: { readonly from: number; readonly to: number }): void {
    this.#pages.want(range);
  }

  /** What the network gets of a picture; null: not known (yet), see `look`. */
  seenOf(path: string): PicturePreview | null {
    void this.#seenVersion;
    return this.#seen.get(path);
  }

  get seenError(): FailureData | null {
    void this.#seenVersion;
    return this.#seen.failed === null ? null : toFailure(this.#seen.failed);
  }

  /** Asks what the network gets of these. */
  look(paths: readonly string[]): void {
    this.#seen.want(paths);
  }

  /** The picture with the focus: its row stays. */
  pin(index: number): void {
    this.#pages.pin(index);
  }

  rowsOf(ranges: readonly { readonly from: number; readonly to: number }[]): Promise<PictureRow[]> {
    return this.#pages.rowsOf(ranges, new AbortController().signal);
  }

  async edit(paths: readonly string[], change: Change): Promise<void> {
    this.#take(await this.#client.call('editPictures', { dataset: this.id, paths: [...paths], change }));
  }

  async undo(): Promise<void> {
    this.#take(await this.#client.call('undoEdit', { dataset: this.id }));
  }

  async redo(): Promise<void> {
    this.#take(await this.#client.call('redoEdit', { dataset: this.id }));
  }

  async lookForChanges(): Promise<void> {
    if (this.checking || !this.summary?.present || this.summary.scanning) return;
    try {
      this.changes = await this.#client.call('folderChanges', { dataset: this.id });
    } catch {
      // A folder that cannot be listed now shows itself as gone with the next summary.
      void this.read();
    }
  }

  /** Scans the folder again, to the end. @throws what the scan throws; nothing where it was given up */
  async check(): Promise<void> {
    this.#checkAbort = new AbortController();
    const { signal } = this.#checkAbort;
    this.checking = { phase: 'scan', done: 0, total: 0, secondsLeft: null };
    try {
      const progress = (step: Progress): void => void (this.checking = step);
      this.#take(await this.#client.call('checkDataset', { dataset: this.id }, { progress, signal }));
      this.changes = null;
    } catch (thrown) {
      if (!signal.aborted) throw thrown;
    } finally {
      this.checking = null;
    }
  }

  giveUpCheck(): void {
    this.#checkAbort?.abort();
  }
}
