import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import type { Dataset } from '../protocol/dataset.ts';
import { datasetKind, pathsKind } from '../stored/dataset.ts';
import { decode, encode } from '../stored/kind.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import type { Database } from './driver.ts';
import { readableJson, Table } from './table.ts';

/** What is known of a folder without reading its pictures. */
export interface DatasetRow {
  readonly id: number;
  readonly root: string;
  readonly openedAt: number;
  readonly hidden: boolean;
  /** Rises with each scan and each change by hand: who keeps the pictures in memory compares it. */
  readonly revision: number;
  /** Null: not scanned to its end yet. */
  readonly scanFile: string | null;
  readonly scannedAt: number;
  /** Of the pictures with all changes by hand. */
  readonly contentHash: string;
  readonly pictures: number;
  readonly classes: number;
  /** Paths of a few pictures. */
  readonly samples: readonly string[];
}

/** What lists of datasets show of the pictures with all changes by hand. */
export type DatasetHead = Pick<DatasetRow, 'contentHash' | 'pictures' | 'classes' | 'samples'>;

type Raw = Omit<DatasetRow, 'hidden' | 'samples'> & { hidden: number; samples: string };

const columns = 'id, root, openedAt, hidden, revision, scanFile, scannedAt, contentHash, pictures, classes, samples';

/** Scanned folders and their versions: the row is small, the list of pictures a JSON file beside the database. */
export class DatasetTable extends Table {
  readonly #folder: string;

  constructor(database: Database.Database, folder: string) {
    super(database);
    this.#folder = folder;
  }

  /** Number of a folder, given at the first call. */
  idOf(root: string): number {
    const sql =
      'INSERT INTO datasets (root, addedAt) VALUES (?, ?) ON CONFLICT (root) DO UPDATE SET root = excluded.root RETURNING id';
    return this.value<number>(sql, root, Date.now())!;
  }

  get(id: number): DatasetRow | null {
    const raw = this.row<Raw>(`SELECT ${columns} FROM datasets WHERE id = ?`, id);
    return raw ? toRow(raw) : null;
  }

  find(root: string): DatasetRow | null {
    const raw = this.row<Raw>(`SELECT ${columns} FROM datasets WHERE root = ?`, root);
    return raw ? toRow(raw) : null;
  }

  /** Scanned and not hidden, last opened first. */
  recent(): DatasetRow[] {
    const sql = `SELECT ${columns} FROM datasets WHERE hidden = 0 AND scanFile IS NOT NULL ORDER BY openedAt DESC, id DESC`;
    return this.rows<Raw>(sql).map(toRow);
  }

  /** Keeps what a scan found, without changes by hand; `added`: paths of pictures that the scan before did not have. */
  async putScan(id: number, scan: Dataset, added: readonly string[]): Promise<void> {
    const file = await this.#write(scan);
    const sql = 'UPDATE datasets SET scanFile = ?, scannedAt = ?, added = ?, revision = revision + 1 WHERE id = ?';
    this.run(sql, file, Date.now(), encode(pathsKind, added), id);
  }

  /** @throws store.datasetMissing */
  readScan(id: number): { readonly scan: Dataset; readonly added: readonly string[] } {
    const sql = 'SELECT scanFile, added, root FROM datasets WHERE id = ?';
    type Found = { scanFile: string | null; added: string; root: string };
    const row = this.row<Found>(sql, id);
    const scan = this.#read(row?.scanFile ?? `dataset ${id}`, row?.root);
    return { scan, added: decode(pathsKind, row?.added ?? '[]', `dataset ${id}`) };
  }

  putHead(id: number, { contentHash, pictures, classes, samples }: DatasetHead): void {
    const sql = 'UPDATE datasets SET contentHash = ?, pictures = ?, classes = ?, samples = ? WHERE id = ?';
    this.run(sql, contentHash, pictures, classes, encode(pathsKind, samples), id);
  }

  opened(id: number): void {
    this.run('UPDATE datasets SET openedAt = ?, hidden = 0 WHERE id = ?', Date.now(), id);
  }

  hide(id: number, hidden: boolean): void {
    this.run('UPDATE datasets SET hidden = ? WHERE id = ?', hidden ? 1 : 0, id);
  }

  /** The folder is elsewhere now. @throws store.folderTaken when that is a dataset of its own */
  move(id: number, root: string): void {
    const other = this.find(root);
    if (other && other.id !== id) throw new AnnealError('store.folderTaken', { root });
    this.run('UPDATE datasets SET root = ?, revision = revision + 1 WHERE id = ?', root, id);
  }

  /** Stores a version, file first; storing equal content again gives the same id and refreshes the file. */
  async put(dataset: Dataset): Promise<number> {
    const file = await this.#write(dataset);
    const sql = `INSERT INTO dataset_versions (datasetId, contentHash, pictures, classes, file, scannedAt) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (datasetId, contentHash) DO UPDATE SET scannedAt = excluded.scannedAt, file = excluded.file RETURNING id`;
    const { root, contentHash, pictures, classes } = dataset;
    const rest = [contentHash, pictures.length, classes.length, file, Date.now()];
    return this.transaction(() => this.value<number>(sql, this.idOf(root), ...rest)!);
  }

  /** @throws store.datasetMissing, stored.damaged, stored.newer */
  read(versionId: number): Dataset {
    const sql =
      'SELECT file, root FROM dataset_versions JOIN datasets ON datasets.id = datasetId WHERE dataset_versions.id = ?';
    const row = this.row<{ file: string; root: string }>(sql, versionId);
    return this.#read(row?.file ?? `version ${versionId}`, row?.root);
  }

  /** Number of the content among all that were seen of the folder, from 1; of one that was not stored, the next. */
  versionOf(id: number, contentHash: string): number {
    const sql = `SELECT count(*) FROM dataset_versions WHERE datasetId = $id AND id <=
      coalesce((SELECT id FROM dataset_versions WHERE datasetId = $id AND contentHash = $contentHash), 9e15)`;
    const hasVersion = 'SELECT 1 FROM dataset_versions WHERE datasetId = ? AND contentHash = ?';
    const rank = this.value<number>(sql, { id, contentHash })!;
    return this.row(hasVersion, id, contentHash) ? rank : rank + 1;
  }

  /** The newest run on the folder, and the best accuracy of all of them. Discarded runs do not count. */
  runsOn(id: number): {
    readonly last: { readonly runId: string; readonly name: string; readonly accuracy: number | null } | null;
    readonly best: number | null;
  } {
    const from = `FROM runs JOIN dataset_versions ON dataset_versions.id = runs.datasetVersionId
      WHERE datasetId = ? AND discardedBy IS NULL`;
    type Run = { runId: string; name: string; accuracy: number | null };
    const accuracy = `${readableJson('heldOutAccuracy')} ->> '$.accuracy'`;
    const sql = `SELECT runs.id AS runId, name, ${accuracy} AS accuracy ${from} ORDER BY createdAt DESC LIMIT 1`;
    const best = this.value<number | null>(`SELECT max(${accuracy}) ${from}`, id) ?? null;
    return { last: this.row<Run>(sql, id) ?? null, best };
  }

  /** Names of the files that some version or scan still points to. */
  files(): Set<string> {
    const sql = 'SELECT file FROM dataset_versions UNION SELECT scanFile FROM datasets WHERE scanFile IS NOT NULL';
    return new Set(this.column<string>(sql));
  }

  /** Equal content of one folder is one file. */
  async #write(dataset: Dataset): Promise<string> {
    const place = createHash('sha256').update(dataset.root).digest('hex').slice(0, 12);
    const file = `${dataset.contentHash.slice(0, 24)}-${place}.json`;
    await writeFileAtomic(join(this.#folder, file), encode(datasetKind, dataset));
    return file;
  }

  #read(file: string, root: string | undefined): Dataset {
    const path = join(this.#folder, file);
    let text: string;
    try {
      text = readFileSync(path, 'utf8');
    } catch (error) {
      throw new AnnealError('store.datasetMissing', { path }, { kind: 'failure', cause: error });
    }
    const dataset = decode(datasetKind, text, path);
    return root === undefined ? dataset : { ...dataset, root };
  }
}

function toRow(raw: Raw): DatasetRow {
  return { ...raw, hidden: raw.hidden === 1, samples: decode(pathsKind, raw.samples, `dataset ${raw.id}`) };
}
