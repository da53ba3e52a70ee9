import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadDriver } from '../../src/store/driver.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openDatabase, versionOf } from '../../src/store/open-database.ts';
import { openStore } from '../../src/store/store.ts';
import { permissions, setMode } from '../support/permissions.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const refused = (work: () => unknown, code: string) => expect(work).toThrow(expect.objectContaining({ code }));

describe('opening a workspace', () => {
  it('creates folders and database, and finds them again', () => {
    const workspace = join(temporaryFolder(), 'deep', 'below');
    openStore(workspace).close();
    const store = openStore(workspace);
    expect(store.version).toBe(migrations.length);
    expect(store.runs.list()).toEqual([]);
    store.close();
  });

  it.each([
    ['text', Buffer.from('hello, I am a letter to somebody and no database at all')],
    ['a few bytes', Buffer.from('hi')],
    ['a damaged header page', Buffer.concat([Buffer.from('SQLite format 3\u0000'), Buffer.alloc(5000, 0xab)])],
  ])('refuses %s in place of the database and leaves it as it is', (_name, content) => {
    const path = join(temporaryFolder(), 'anneal.db');
    writeFileSync(path, content);
    refused(() => openDatabase(path), 'store.corrupt');
    expect(readFileSync(path)).toEqual(content);
  });

  it('refuses a database cut in half', async () => {
    const path = join(temporaryFolder(), 'anneal.db');
    const database = openDatabase(path);
    database.pragma('journal_mode = DELETE');
    database.close();
    const whole = readFileSync(path);
    writeFileSync(path, whole.subarray(0, 4096 * 2));
    refused(() => {
      const damaged = openDatabase(path);
      damaged.prepare('SELECT count(*) FROM runs').get();
    }, 'store.corrupt');
  });

  it('refuses the database of a newer version and of another application', () => {
    const folder = temporaryFolder();
    const newer = join(folder, 'newer.db');
    const database = openDatabase(newer);
    database.pragma(`user_version = ${migrations.length + 1}`);
    database.close();
    refused(() => openDatabase(newer), 'store.tooNew');

    const foreign = join(folder, 'foreign.db');
    const Driver = loadDriver();
    const other = new Driver(foreign);
    other.exec('CREATE TABLE letters (text)');
    other.close();
    refused(() => openDatabase(foreign), 'store.foreign');
  });

  it('brings an empty database to the present version', () => {
    const path = join(temporaryFolder(), 'anneal.db');
    const Driver = loadDriver();
    new Driver(path).close();
    const database = openDatabase(path);
    expect(versionOf(database)).toBe(migrations.length);
    database.close();
  });

  it('refuses a file as workspace, and a folder below a file', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    refused(() => openStore(file), 'store.workspaceIsFile');
    refused(() => openStore(join(file, 'below')), 'store.workspaceIsFile');
    refused(() => openStore(`${file}-${'x'.repeat(300)}`), 'store.workspaceImpossible');
    refused(() => openStore('/nul\u0000byte'), 'store.workspaceImpossible');
  });

  it.skipIf(permissions.untried)(`says so when it may not write there${permissions.reason}`, async () => {
    const parent = temporaryFolder();
    const closed = join(parent, 'closed');
    mkdirSync(closed);
    setMode(closed, 0o555);
    const fresh = runScript('test/store/process-open.ts', [join(closed, 'new')], { obeys: true });
    const workspace = join(parent, 'used');
    openStore(workspace).close();
    for (const path of [workspace, join(workspace, 'anneal.db')]) setMode(path, 0o555);
    const used = runScript('test/store/process-open.ts', [workspace], { obeys: true });
    expect((await fresh).stdout).toBe('store.notWritable');
    expect((await used).stdout).toBe('store.notWritable');
  });

  it('is created by several processes at once, and keeps what each of them writes', async () => {
    const workspace = join(temporaryFolder(), 'new');
    const names = ['a', 'b', 'c'];
    const ends = await Promise.all(
      names.map((name) => runScript('test/store/process-append-events.ts', [workspace, name, '150'])),
    );
    expect(ends.map(({ code, stderr }) => ({ code, stderr }))).toEqual(names.map(() => ({ code: 0, stderr: '' })));
    const store = openStore(workspace);
    for (const name of names)
      expect(store.events.read(name).map(({ seq }) => seq)).toEqual(Array.from({ length: 150 }, (_, i) => i + 1));
    store.close();
  });
});
