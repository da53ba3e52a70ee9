import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AnnealError } from '../base/errors.ts';
import type { Dataset } from '../protocol/dataset.ts';
import { writeFileAtomic } from '../weights/atomic-file.ts';
import type { Database } from './driver.ts';

/** Scanned folders and their versions: the row is small, the list of pictures a JSON file beside the database. */
export class DatasetTable {
  readonly #database: Database.Database;
  readonly #folder: string;

  constructor(database: Database.Database, folder: string) {
    this.#database = database;
    this.#folder = folder;
  }

  /** Stores a version, file first; storing equal content again gives the same id and refreshes the file. */
  async put(dataset: Dataset): Promise<number> {
    const place = createHash('sha256').update(dataset.root).digest('hex').slice(0, 12);
    const file = `${dataset.contentHash.slice(0, 24)}-${place}.json`;
    await writeFileAtomic(join(this.#folder, file), JSON.stringify(dataset));
    const insert = this.#database.transaction(() => {
      const now = Date.now();
      const known =
        'INSERT INTO datasets (root, addedAt) VALUES (?, ?) ON CONFLICT (root) DO UPDATE SET root = excluded.root RETURNING id';
      const datasetId = this.#database.prepare(known).pluck().get(dataset.root, now);
      const version = `INSERT INTO dataset_versions (datasetId, contentHash, pictures, classes, file, scannedAt) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (datasetId, contentHash) DO UPDATE SET scannedAt = excluded.scannedAt, file = excluded.file RETURNING id`;
      return this.#database
        .prepare(version)
        .pluck()
        .get(datasetId, dataset.contentHash, dataset.pictures.length, dataset.classes.length, file, now);
    });
    return Number(insert.immediate());
  }

  /** @throws store.datasetMissing when its file has gone or is damaged */
  read(id: number): Dataset {
    const file = this.#database
      .prepare<[number], string>('SELECT file FROM dataset_versions WHERE id = ?')
      .pluck()
      .get(id);
    const path = join(this.#folder, file ?? `version ${id}`);
    try {
      return JSON.parse(readFileSync(path, 'utf8')) as Dataset;
    } catch (error) {
      throw new AnnealError('store.datasetMissing', { path }, { kind: 'failure', cause: error });
    }
  }

  /** Names of the files that some version still points to. */
  files(): Set<string> {
    return new Set(this.#database.prepare<[], string>('SELECT file FROM dataset_versions').pluck().all());
  }
}
