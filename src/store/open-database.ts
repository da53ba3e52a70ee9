import { closeSync, openSync, readSync } from 'node:fs';
import { AnnealError } from '../base/errors.ts';
import { loadDriver, type Database } from './driver.ts';
import { migrations } from './migrations.ts';
import { toStoreError } from './store-error.ts';

/** 'Annl': marks the file as ours. */
const applicationId = 0x416e6e6c;
const busyMilliseconds = 10_000;

/**
 * Opens the workspace's database, creating or migrating it. A file that is not a database, is damaged, belongs to another
 * application or to a newer version is refused and left as it is. Several processes may open it at once.
 * @throws store.corrupt, store.foreign, store.tooNew, store.notWritable, store.busy, store.noDriver
 */
export function openDatabase(path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    refuseNonDatabase(path);
    const Driver = loadDriver();
    const opened = new Driver(path, { timeout: busyMilliseconds });
    database = opened;
    // In one transaction: what is read between another process's first table and its mark would look like a stranger's.
    opened.transaction(() => refuseOthers(opened, path))();
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = NORMAL');
    database.pragma('foreign_keys = ON');
    migrate(database, path);
    return database;
  } catch (error) {
    database?.close();
    throw toStoreError(error, path);
  }
}

/** SQLite takes an empty or a too short file for a new database and would write over what is there. */
function refuseNonDatabase(path: string): void {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  try {
    const head = Buffer.alloc(16);
    const length = readSync(file, head, 0, 16, 0);
    if (length > 0 && head.toString('latin1', 0, length) !== 'SQLite format 3\u0000')
      throw new AnnealError('store.corrupt', { path, code: 'NOTADB' }, { kind: 'failure' });
  } finally {
    closeSync(file);
  }
}

function refuseOthers(database: Database.Database, path: string): void {
  const id = Number(database.pragma('application_id', { simple: true }));
  const version = versionOf(database);
  const tables = Number(database.prepare("SELECT count(*) FROM sqlite_master WHERE type = 'table'").pluck().get());
  if (id !== applicationId && tables > 0) throw new AnnealError('store.foreign', { path });
  if (version > migrations.length)
    throw new AnnealError('store.tooNew', { path, received: version, expected: migrations.length });
}

function migrate(database: Database.Database, path: string): void {
  if (versionOf(database) === migrations.length) return;
  const step = database.transaction(() => {
    // Read again: another process may have migrated while this one waited for the lock.
    refuseOthers(database, path);
    for (let version = versionOf(database); version < migrations.length; version++) database.exec(migrations[version]!);
    database.pragma(`application_id = ${applicationId}`);
    database.pragma(`user_version = ${migrations.length}`);
  });
  step.immediate();
}

export function versionOf(database: Database.Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}
