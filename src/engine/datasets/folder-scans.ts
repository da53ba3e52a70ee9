import { Throttle } from '../../base/throttle.ts';
import { AnnealError } from '../../base/errors.ts';
import { listLabelled } from '../../data/list-labelled.ts';
import type { Dataset } from '../../protocol/dataset.ts';
import type { CallHooks } from '../../protocol/engine-api.ts';
import type { Progress } from '../../protocol/lane-job.ts';
import type { Store } from '../../store/store.ts';
import { runInLane } from '../run-in-lane.ts';
import { LaneStopped, type Lane } from '../lane.ts';
import type { WorkspaceWatch } from '../workspace-watch.ts';
import { headOf } from './dataset-head.ts';
import { DatasetPictures } from './dataset-pictures.ts';
import { ClassesMet, classesOf, datasetOfListing } from './listing.ts';

/** How often listeners of the workspace hear that a scan went on. */
const tellMilliseconds = 1000;

type Tell = (progress: Progress) => void;

interface Scan {
  readonly id: number;
  /** What the names tell. */
  readonly names: Dataset;
  /** The pictures of a first scan until it has ended, with the changes by hand at `revision`. */
  listing: DatasetPictures | null;
  revision: number;
  readonly listeners: Set<Tell>;
  done: number;
  total: number;
  /** Resolves once the result is stored. */
  ended: Promise<void>;
}

interface FolderScansOptions {
  readonly store: Store;
  readonly files: Lane;
  readonly watch: WorkspaceWatch;
  /** Pictures of the scan before, where they are in memory. */
  readonly kept: (id: number) => DatasetPictures | null;
}

/**
 * Scans of folders: the names first, in this process, so that there is something to see at once; then every file is read in the
 * files lane. A folder that is being scanned is not scanned twice.
 */
export class FolderScans {
  readonly #options: FolderScansOptions;
  readonly #scans = new Map<number, Scan>();
  #drawing: Promise<null> | null = null;
  readonly #beginning = new Map<string, Promise<Scan>>();
  /** How the last first scan of a folder ended, where it failed. */
  readonly #failures = new Map<number, unknown>();

  constructor(options: FolderScansOptions) {
    this.#options = options;
  }

  /**
   * Resolves when the folder is listed and has its number; `done` resolves when the scan is stored, and rejects with what it threw.
   * @throws as `listLabelled`
   */
  async begin(root: string, hooks: CallHooks = {}): Promise<{ readonly id: number; readonly done: Promise<void> }> {
    const stored = this.#options.store.datasets.find(root);
    let scan = stored ? this.#scans.get(stored.id) : undefined;
    if (!scan) {
      const beginning = this.#beginning.get(root) ?? this.#start(root, hooks);
      this.#beginning.set(root, beginning);
      scan = await beginning.finally(() => this.#beginning.delete(root));
    }
    const { progress } = hooks;
    if (progress) {
      const { listeners, done, total, id, names } = scan;
      const classes = classesOf(names);
      const dataset = String(id);
      progress({ phase: 'scan', done, total, secondsLeft: null, classes, dataset });
      const listener = (step: Progress): void => progress({ ...step, classes, dataset });
      listeners.add(listener);
      const stop = (): void => void listeners.delete(listener);
      void scan.ended.then(stop, stop);
    }
    return { id: scan.id, done: scan.ended };
  }

  /** Scans a folder that does not become a dataset of the workspace. @throws as `scanFolder` */
  scanApart(root: string, hooks?: CallHooks): Promise<Dataset> {
    const { files, store } = this.#options;
    return runInLane<'scan'>(files, { kind: 'scan', root, cache: store.layout.cache }, hooks);
  }

  /** Two that ask at once draw once. */
  drawSample(folder: string, hooks?: CallHooks): Promise<null> {
    const { files } = this.#options;
    this.#drawing ??= runInLane<'drawSample'>(files, { kind: 'drawSample', folder }, hooks).finally(
      () => (this.#drawing = null),
    );
    return this.#drawing;
  }

  /** @throws dataset.notScanned, and what the scan threw */
  listing(id: number): DatasetPictures {
    const scan = this.#scans.get(id);
    if (scan) return this.#listingOf(scan);
    throw this.#failures.get(id) ?? new AnnealError('dataset.notScanned', {});
  }

  /** Resolves when no scan of it is under way any more, however it ended. */
  async ended(id: number): Promise<void> {
    await this.#scans.get(id)?.ended.catch(() => undefined);
  }

  progressOf(id: number): { readonly done: number; readonly total: number } | null {
    const scan = this.#scans.get(id);
    return scan ? { done: scan.done, total: scan.total } : null;
  }

  #listingOf(scan: Scan): DatasetPictures {
    const { store } = this.#options;
    const { revision } = store.datasets.get(scan.id)!;
    if (!scan.listing || scan.revision !== revision) {
      scan.listing = new DatasetPictures(scan.names, store.edits.of(scan.id).applied, { listing: true });
      scan.revision = revision;
    }
    return scan.listing;
  }

  async #start(root: string, { progress, signal }: CallHooks): Promise<Scan> {
    const { store } = this.#options;
    const met = new ClassesMet();
    const telling = new Throttle(100);
    const listed = await listLabelled(root, {
      ...(signal ? { signal } : {}),
      onFolder: (folder) => {
        met.add(folder);
        if (!telling.passes()) return;
        progress?.({ phase: 'scan', done: 0, total: met.files, secondsLeft: null, classes: met.classes });
      },
    });
    const names = datasetOfListing(root, listed);
    const id = store.datasets.idOf(root);
    const total = names.pictures.length;
    const start = { listing: null, revision: 0, listeners: new Set<Tell>(), done: 0, ended: Promise.resolve() };
    const scan: Scan = { id, names, total, ...start };
    this.#scans.set(id, scan);
    this.#failures.delete(id);
    scan.ended = this.#run(scan, signal).finally(() => this.#scans.delete(id));
    scan.ended.catch((error: unknown) => {
      if (!(error instanceof LaneStopped)) this.#failures.set(id, error);
      this.#options.watch.notify('datasets', String(id));
    });
    return scan;
  }

  async #run(scan: Scan, signal: AbortSignal | undefined): Promise<void> {
    const { store, files, watch } = this.#options;
    const telling = new Throttle(tellMilliseconds);
    telling.restart();
    const progress = (step: Progress): void => {
      scan.done = step.done;
      scan.total = step.total;
      for (const listener of scan.listeners) listener(step);
      if (telling.passes()) watch.notify('datasets', String(scan.id));
    };
    const { root } = scan.names;
    const job = { kind: 'scan', root, cache: store.layout.cache, oneClass: true } as const;
    const found = await runInLane<'scan'>(files, job, { progress, ...(signal ? { signal } : {}) });
    await this.store(scan.id, found);
    watch.changed('datasets', String(scan.id));
  }

  /** Keeps what a scan found, and with the changes by hand as a version. */
  async store(id: number, scan: Dataset): Promise<void> {
    const { store } = this.#options;
    await store.datasets.putScan(id, scan, this.#addedTo(id, scan));
    const pictures = new DatasetPictures(scan, store.edits.of(id).applied);
    await store.datasets.put(pictures.effective.dataset);
    store.datasets.putHead(id, headOf(pictures));
    store.datasets.opened(id);
  }

  /** Pictures whose content the scan before did not have; where nothing is new, those that were new then stay so. */
  #addedTo(id: number, scan: Dataset): readonly string[] {
    const { store, kept } = this.#options;
    const row = store.datasets.get(id);
    if (!row?.scanFile) return [];
    const before = kept(id) ?? this.#readBefore(id);
    if (!before) return [];
    const contents = new Set(before.scan.pictures.map(({ sha256 }) => sha256));
    const added = scan.pictures.filter(({ sha256 }) => !contents.has(sha256)).map(({ path }) => path);
    if (added.length > 0) return added;
    const there = new Set(scan.pictures.map(({ path }) => path));
    return [...before.added].filter((path) => there.has(path));
  }

  /** Null where its file is damaged: nothing is then told as new. */
  #readBefore(id: number): { readonly scan: Dataset; readonly added: Iterable<string> } | null {
    try {
      return this.#options.store.datasets.readScan(id);
    } catch {
      return null;
    }
  }
}
