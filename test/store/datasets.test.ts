import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Dataset } from '../../src/protocol/dataset.ts';
import { loadDriver } from '../../src/store/driver.ts';
import { migrations } from '../../src/store/migrations.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const root = '/pictures/pets';

function content(hash: string, pictures = 1): Dataset {
  const picture = { label: 0, sha256: 'a', width: 1, height: 1, format: 'jpeg', given: null, bytes: 1, modifiedMs: 1 };
  return {
    formatVersion: 2,
    root,
    classes: ['cat'],
    pictures: Array.from({ length: pictures }, (_, group) => ({ ...picture, path: `cat/${group}.jpg`, group })),
    problems: [],
    pairs: [],
    contentHash: hash.repeat(64).slice(0, 64),
  };
}

function storeIn(folder: string): Store {
  const store = openStore(folder);
  onTestFinished(() => store.close());
  return store;
}

describe('versions of a dataset', () => {
  it('are numbered by content: the same one keeps its number, an unknown one would get the next', async () => {
    const store = storeIn(temporaryFolder());
    const id = store.datasets.idOf(root);
    const [a, b, c] = [content('a'), content('b'), content('c')];
    expect(store.datasets.versionOf(id, a.contentHash)).toBe(1);
    const first = await store.datasets.put(a);
    await store.datasets.put(b);
    await store.datasets.put({ ...content('a'), root: '/elsewhere' });
    expect(await store.datasets.put(a)).toBe(first);
    expect([a, b, c].map(({ contentHash }) => store.datasets.versionOf(id, contentHash))).toEqual([1, 2, 3]);
    expect(store.datasets.read(first)).toEqual(a);
  });

  it('are read under the folder that they lie in now', async () => {
    const store = storeIn(temporaryFolder());
    const id = store.datasets.idOf(root);
    const version = await store.datasets.put(content('a'));
    store.datasets.move(id, '/pictures/moved');
    expect(store.datasets.read(version).root).toBe('/pictures/moved');
    store.datasets.idOf(root);
    expect(() => store.datasets.move(id, root)).toThrow('store.folderTaken');
  });
});

describe('changes by hand', () => {
  it('stand in order, those undone behind those applied, and raise the revision', () => {
    const store = storeIn(temporaryFolder());
    const id = store.datasets.idOf(root);
    const edit = (to: string) => ({ kind: 'move', to, pictures: [{ path: 'cat/0.jpg', sha256: 'a' }] }) as const;
    const applied = () => store.edits.of(id).applied.map((own) => (own.kind === 'move' ? own.to : ''));
    store.edits.push(id, edit('x'));
    store.edits.push(id, edit('y'));
    expect(store.edits.undo(id)).toBe(true);
    expect([applied(), store.edits.of(id).undone]).toEqual([['x'], 1]);
    expect(store.edits.redo(id)).toBe(true);
    expect(store.edits.redo(id)).toBe(false);
    store.edits.undo(id);
    store.edits.push(id, edit('z'));
    expect([applied(), store.edits.of(id).undone]).toEqual([['x', 'z'], 0]);
    const { revision } = store.datasets.get(id)!;
    store.edits.replace(id, [edit('w')]);
    expect(applied()).toEqual(['w']);
    expect(store.datasets.get(id)!.revision).toBe(revision + 1);
  });
});

describe('a workspace of the first format', () => {
  it('keeps its folders, which are in the list of recent ones from then on', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'datasets'));
    const Driver = loadDriver();
    const old = new Driver(join(folder, 'anneal.db'));
    old.exec(migrations[0]!);
    old.pragma(`application_id = ${0x416e6e6c}`);
    old.pragma('user_version = 1');
    old.prepare('INSERT INTO datasets (id, root, addedAt) VALUES (1, ?, 5)').run(root);
    const insert = old.prepare(
      'INSERT INTO dataset_versions (datasetId, contentHash, pictures, classes, file, scannedAt) VALUES (1, ?, ?, 1, ?, ?)',
    );
    for (const [hash, pictures, at] of [
      ['a', 3, 10],
      ['b', 4, 20],
    ] as const) {
      const dataset = content(hash, pictures);
      writeFileSync(join(folder, 'datasets', `${hash}.json`), JSON.stringify(dataset));
      insert.run(dataset.contentHash, pictures, `${hash}.json`, at);
    }
    old.close();
    const store = storeIn(folder);
    const [recent] = store.datasets.recent();
    expect(recent).toMatchObject({ id: 1, root, openedAt: 20, pictures: 4, classes: 1, contentHash: 'b'.repeat(64) });
    expect(store.datasets.versionOf(1, recent!.contentHash)).toBe(2);
    expect(store.datasets.readScan(1).scan.pictures).toHaveLength(4);
    expect(store.datasets.runsOn(1)).toEqual({ last: null, best: null });
  });
});
