import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import type { Dataset } from '../../protocol/dataset.ts';
import type { DatasetSummary, RecentDataset } from '../../protocol/dataset-view.ts';
import type { CallHooks } from '../../protocol/engine-api.ts';
import type { Progress } from '../../protocol/lane-job.ts';
import type { DatasetEdit } from '../../store/dataset-edits.ts';
import type { DatasetRow } from '../../store/datasets.ts';
import type { Store } from '../../store/store.ts';
import type { Lane } from '../lane.ts';
import type { WorkspaceWatch } from '../workspace-watch.ts';
import { headOf } from './dataset-head.ts';
import { DatasetPictures } from './dataset-pictures.ts';
import { FolderScans } from './folder-scans.ts';

/** Pictures of datasets that are kept in memory, all together: about half a kilobyte each. */
const keptPictures = 250_000;
/** A scan that takes longer goes on behind the answer, which then holds what the names tell. */
const patienceMilliseconds = 2000;

interface Kept {
  readonly revision: number;
  readonly scannedAt: number;
  readonly pictures: DatasetPictures;
}

/** The datasets of a workspace: their last scan with all changes made by hand. */
export class DatasetLibrary {
  readonly #store: Store;
  readonly #watch: WorkspaceWatch;
  readonly #scans: FolderScans;
  /** Last used last. */
  readonly #kept = new Map<number, Kept>();

  constructor({ store, files, watch }: { store: Store; files: Lane; watch: WorkspaceWatch }) {
    this.#store = store;
    this.#watch = watch;
    this.#scans = new FolderScans({ store, files, watch, kept: (id) => this.#kept.get(id)?.pictures ?? null });
  }

  /**
   * A folder that was scanned before is there at once, as it was then; what changed since is `folderChanges`' to tell. A new one is
   * listed, then scanned. @throws what the scan throws, where the folder cannot be a dataset
   */
  async open(folder: string, hooks?: CallHooks): Promise<DatasetSummary> {
    const root = resolve(folder);
    const stored = this.#store.datasets.find(root);
    if (stored && this.#hasScan(stored)) {
      this.#store.datasets.opened(stored.id);
      this.#watch.changed('datasets', String(stored.id));
      return this.summary(stored.id);
    }
    const { id, done } = await this.#scans.begin(root, hooks);
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, patienceMilliseconds).unref())]);
    return this.summary(id);
  }

  /** Draws the sample pictures where they are not there yet, in one piece, and opens them. */
  async openSample(hooks?: CallHooks): Promise<DatasetSummary> {
    const { sample } = this.#store.layout;
    if (!(await isFolder(sample))) await this.#scans.drawSample(sample, hooks);
    return this.open(sample, hooks);
  }

  /**
   * The folder of a dataset is elsewhere now. It is scanned there before anything changes.
   * @throws dataset.otherPictures where it holds none of the dataset's pictures, store.folderTaken, and what the scan throws
   */
  async locate(id: number, root: string, hooks?: CallHooks): Promise<DatasetSummary> {
    const row = this.row(id);
    const taken = this.#store.datasets.find(root);
    if (taken && taken.id !== id) throw new AnnealError('store.folderTaken', { root });
    const scan = await this.#scans.scanApart(root, hooks);
    const contents = new Set(this.pictures(id).scan.pictures.map(({ sha256 }) => sha256));
    if (!scan.pictures.some(({ sha256 }) => contents.has(sha256)))
      throw new AnnealError('dataset.otherPictures', { root, before: row.root });
    this.#store.datasets.move(id, root);
    await this.#scans.store(id, scan);
    return this.changed(id);
  }

  /** Scans again, to the end; a scan that is under way counts. */
  async check(id: number, hooks?: CallHooks): Promise<DatasetSummary> {
    const { done } = await this.#scans.begin(this.row(id).root, hooks);
    await done;
    return this.summary(id);
  }

  /** Scans from the beginning: one that is under way may have passed files that were moved since. */
  async checkAnew(id: number, hooks?: CallHooks): Promise<DatasetSummary> {
    await this.#scans.ended(id);
    return this.check(id, hooks);
  }

  /** Scans a folder for work on it: its pictures as they are now, with all changes by hand. @throws data.oneClass */
  async scanForWork(folder: string, hooks?: CallHooks): Promise<DatasetPictures> {
    const { id, done } = await this.#scans.begin(resolve(folder), withoutClasses(hooks));
    await done;
    const pictures = this.pictures(id);
    const { dataset } = pictures.effective;
    if (dataset.classes.length < 2) {
      const params = { root: dataset.root, class: dataset.classes[0] ?? '', count: dataset.pictures.length };
      throw new AnnealError('data.oneClass', params);
    }
    return pictures;
  }

  /**
   * The pictures of a folder as they are now, with all changes by hand where it is a dataset of this workspace; where it is none it
   * does not become one. @throws data.oneClass
   */
  async scanToJudge(folder: string, hooks?: CallHooks): Promise<Dataset> {
    const root = resolve(folder);
    if (this.#store.datasets.find(root)?.scanFile) return (await this.scanForWork(root, hooks)).effective.dataset;
    return this.#scans.scanApart(root, hooks);
  }

  /** @throws dataset.unknown */
  row(id: number): DatasetRow {
    const row = this.#store.datasets.get(id);
    if (!row) throw new AnnealError('dataset.unknown', { received: String(id) });
    return row;
  }

  /** @throws dataset.unknown */
  idOf(dataset: string): number {
    const id = /^[1-9]\d{0,14}$/.test(dataset) ? Number(dataset) : 0;
    if (!this.#store.datasets.get(id)) throw new AnnealError('dataset.unknown', { received: dataset });
    return id;
  }

  /**
   * While the first scan goes on: what the names tell.
   * @throws dataset.unknown, dataset.notScanned, store.datasetMissing, and what the first scan threw
   */
  pictures(id: number): DatasetPictures {
    const row = this.row(id);
    const kept = this.#kept.get(id);
    this.#kept.delete(id);
    if (kept?.revision === row.revision) {
      this.#kept.set(id, kept);
      return kept.pictures;
    }
    if (row.scanFile === null) return this.#scans.listing(id);
    const edits = this.#store.edits.of(id).applied;
    const unchanged = kept?.scannedAt === row.scannedAt && kept.pictures.scan.root === row.root;
    const { scan, added } = unchanged ? kept.pictures : this.#store.datasets.readScan(id);
    const pictures = new DatasetPictures(scan, edits, { added: [...added] });
    this.#keep(id, { revision: row.revision, scannedAt: row.scannedAt, pictures });
    return pictures;
  }

  async summary(id: number): Promise<DatasetSummary> {
    const pictures = this.pictures(id);
    const row = this.row(id);
    const { applied, undone } = this.#store.edits.of(id);
    const leftOut = pictures.leftOut();
    return {
      dataset: String(id),
      name: basename(row.root) || row.root,
      root: row.root,
      present: await isFolder(row.root),
      version: this.#store.datasets.versionOf(id, pictures.contentHash),
      contentHash: pictures.contentHash,
      pictures: pictures.scan.pictures.length - leftOut,
      leftOut,
      classes: pictures.classes(),
      origin: pictures.origin(),
      problems: pictures.problemGroups(),
      statistics: pictures.statistics(),
      undo: applied.length,
      redo: undone,
      scannedAt: row.scannedAt,
      lastRun: this.#store.datasets.runsOn(id).last,
      scanning: this.#scans.progressOf(id),
    };
  }

  /** A change by hand: a step back undoes it. */
  async edit(id: number, edit: DatasetEdit): Promise<DatasetSummary> {
    this.#store.edits.push(id, edit);
    return this.changed(id);
  }

  async step(id: number, by: 'undo' | 'redo'): Promise<DatasetSummary> {
    if (!this.#store.edits[by](id)) throw new AnnealError(by === 'undo' ? 'dataset.noUndo' : 'dataset.noRedo');
    return this.changed(id);
  }

  /** Called when the stored changes by hand are others. */
  async changed(id: number): Promise<DatasetSummary> {
    this.#store.datasets.putHead(id, headOf(this.pictures(id)));
    this.#watch.changed('datasets', String(id));
    return this.summary(id);
  }

  recent(): Promise<RecentDataset[]> {
    const { datasets } = this.#store;
    return Promise.all(
      datasets.recent().map(async ({ id, root, contentHash, pictures, classes, samples, openedAt }) => ({
        dataset: String(id),
        name: basename(root) || root,
        root,
        present: await isFolder(root),
        version: datasets.versionOf(id, contentHash),
        pictures,
        classes,
        openedAt,
        bestAccuracy: datasets.runsOn(id).best,
        samples,
      })),
    );
  }

  /** A scan whose file is damaged counts as none. */
  #hasScan({ id, scanFile }: DatasetRow): boolean {
    if (scanFile === null) return false;
    try {
      return this.pictures(id) !== null;
    } catch (error) {
      if (error instanceof AnnealError && error.code === 'store.datasetMissing') return false;
      throw error;
    }
  }

  #keep(id: number, kept: Kept): void {
    this.#kept.set(id, kept);
    let sum = 0;
    for (const [other, { pictures }] of [...this.#kept].reverse()) {
      sum += pictures.scan.pictures.length;
      if (sum > keptPictures && other !== id) this.#kept.delete(other);
    }
  }
}

/** Who waits for work on a folder is told how far it is, not what is in it. */
function withoutClasses(hooks: CallHooks | undefined): CallHooks | undefined {
  const tell = hooks?.progress;
  if (!tell) return hooks;
  const progress = ({ phase, done, total, secondsLeft }: Progress): void => tell({ phase, done, total, secondsLeft });
  return { ...hooks, progress };
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false;
}
