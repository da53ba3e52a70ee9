import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Progress } from '../../../src/protocol/lane-job.ts';
import { makePictures } from '../../support/make-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { engineIn, openWhole } from '../../support/watched-engine.ts';

const small = { classes: ['cat', 'dog'], perClass: 12, width: 40, height: 30, seed: 1 };

describe('opening a folder', () => {
  it('tells classes with their first pictures before any file is read, under the number it keeps', async () => {
    const memory = temporaryFolder();
    await makePictures(join(memory, 'pets'), small);
    const engine = engineIn(memory);
    const told: Progress[] = [];
    const started = performance.now();
    let first = Infinity;
    const progress = (step: Progress): void => {
      if (step.classes) first = Math.min(first, performance.now() - started);
      told.push(step);
    };
    const summary = await engine.openDataset({ folder: join(memory, 'pets') }, { progress });
    expect(first).toBeLessThan(300);
    const listed = told.find(({ dataset }) => dataset === summary.dataset)!;
    expect(listed).toMatchObject({ phase: 'scan', done: 0, total: 24 });
    expect(listed.classes!.map(({ name, pictures }) => [name, pictures])).toEqual([
      ['cat', 12],
      ['dog', 12],
    ]);
    expect(listed.classes![0]!.samples[0]).toBe('cat/00000.jpg');
  });

  it('gives pages at once while the files are read, and the whole truth afterwards', async () => {
    const memory = temporaryFolder();
    await makePictures(join(memory, 'pets'), { ...small, perClass: 150 });
    const engine = engineIn(memory);
    let seen: Promise<void> | undefined;
    const done = engine.openDataset(
      { folder: join(memory, 'pets') },
      {
        progress: ({ dataset }) => {
          if (!dataset) return;
          seen ??= (async () => {
            const summary = await engine.showDataset({ dataset });
            expect(summary).toMatchObject({ pictures: 300, contentHash: '', scannedAt: 0, version: 1 });
            expect(summary.scanning?.total).toBe(300);
            const page = await engine.listPictures({ dataset, label: 1, limit: 3 });
            expect(page).toMatchObject({ total: 150 });
            expect(page.rows[2]).toMatchObject({ path: 'dog/00002.jpg', sha256: '', width: 0 });
            const change = { kind: 'leaveOut', leftOut: true } as const;
            const edited = await engine.editPictures({ dataset, paths: ['dog/00002.jpg'], change });
            expect(edited).toMatchObject({ pictures: 299, leftOut: 1, undo: 1, contentHash: '' });
            await engine.editPictures({ dataset, paths: ['dog/00003.jpg'], change: { kind: 'move', label: 0 } });
            await expect(engine.planFolderMoves({ dataset })).rejects.toMatchObject({ code: 'dataset.scanning' });
          })();
        },
      },
    );
    const { dataset } = await done;
    await seen;
    const whole = await engine.checkDataset({ dataset });
    expect(whole).toMatchObject({ scanning: null, version: 1, origin: { test: 'drawn' }, leftOut: 1, undo: 2 });
    expect(whole.classes.map(({ pictures }) => pictures)).toEqual([151, 148]);
    expect(await engine.planFolderMoves({ dataset })).toEqual([{ from: 'dog/00003.jpg', to: 'cat/00003-2.jpg' }]);
    const page = await engine.listPictures({ dataset, label: 1, limit: 3 });
    expect(page.rows[2]).toMatchObject({
      path: 'dog/00002.jpg',
      role: 'leftOut',
      width: 40,
      height: 30,
      format: 'jpeg',
    });
    expect(page.rows[2]!.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  it('describes classes, roles, sizes and problems', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, small);
    writeFileSync(join(root, 'cat', 'page.jpg'), '<html>gone</html>');
    const summary = await openWhole(engineIn(memory), root);
    expect(summary).toMatchObject({ name: 'pets', root, present: true, pictures: 24, leftOut: 0, undo: 0, redo: 0 });
    for (const { pictures, train, validation, test } of summary.classes) {
      expect(pictures).toBe(12);
      expect(train + validation + test).toBe(12);
      expect(Math.min(train, validation, test)).toBeGreaterThan(0);
    }
    expect(summary.problems).toEqual([
      expect.objectContaining({
        code: 'data.notAPicture',
        count: 1,
        examples: [expect.objectContaining({ path: 'cat/page.jpg' })],
      }),
    ]);
    const { statistics } = summary;
    expect(statistics).toMatchObject({ smallerThanInput: 24, formats: { jpeg: 24 }, turned: 0, duplicates: 0 });
    for (const { edges, counts } of [statistics.shorterSide, statistics.aspect, statistics.bytes]) {
      expect(edges).toHaveLength(counts.length + 1);
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(24);
    }
    expect(statistics.shorterSide.edges[0]).toBeLessThanOrEqual(30);
  });

  it('takes the parts that the folder itself gives', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'parts');
    await makePictures(join(root, 'train'), small);
    await makePictures(join(root, 'test'), { ...small, perClass: 4, seed: 9 });
    const engine = engineIn(memory);
    const summary = await openWhole(engine, root);
    expect(summary.origin).toEqual({ train: 'folder', validation: 'drawn', test: 'folder' });
    const test = await engine.listPictures({ dataset: summary.dataset, role: 'test' });
    expect(test.rows.map(({ path }) => path.split('/')[0])).toEqual(new Array(8).fill('test'));
  });

  it('shows a folder with a single class, which no run takes', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'one');
    await makePictures(root, { ...small, classes: ['cat'] });
    const engine = engineIn(memory);
    expect((await openWhole(engine, root)).classes).toHaveLength(1);
    await expect(engine.startRun({ folder: root })).rejects.toMatchObject({ code: 'data.oneClass' });
    await expect(engine.inspect({ folder: root })).rejects.toMatchObject({ code: 'data.oneClass' });
  });

  it('is refused where there are no pictures, and leaves nothing in the list', async () => {
    const memory = temporaryFolder();
    const engine = engineIn(memory);
    await expect(engine.openDataset({ folder: join(memory, 'none') })).rejects.toMatchObject({
      code: 'data.rootMissing',
    });
    mkdirSync(join(memory, 'bad', 'cat'), { recursive: true });
    writeFileSync(join(memory, 'bad', 'cat', '1.jpg'), 'no picture');
    await expect(engine.openDataset({ folder: join(memory, 'bad') })).rejects.toMatchObject({
      code: 'data.onlyBroken',
    });
    expect(await engine.recentDatasets({})).toEqual([]);
    await expect(engine.showDataset({ dataset: '77' })).rejects.toMatchObject({ code: 'dataset.unknown' });
    await expect(engine.showDataset({ dataset: '../1' })).rejects.toMatchObject({ code: 'dataset.unknown' });
  });

  it('is instant the second time, also in another process, and tells what changed since', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, small);
    const first = await openWhole(engineIn(memory), root);
    const engine = engineIn(memory);
    const again = await engine.openDataset({ folder: root });
    expect(again).toEqual(first);
    const { dataset } = again;
    expect(await engine.folderChanges({ dataset })).toEqual({ added: 0, removed: 0, changed: 0 });
    await makePictures(join(memory, 'more'), { ...small, classes: ['cat'], perClass: 2, seed: 5 });
    renameSync(join(memory, 'more', 'cat', '00000.jpg'), join(root, 'cat', 'new.jpg'));
    renameSync(join(memory, 'more', 'cat', '00001.jpg'), join(root, 'dog', '00003.jpg'));
    rmSync(join(root, 'dog', '00005.jpg'));
    expect(await engine.folderChanges({ dataset })).toEqual({ added: 1, removed: 1, changed: 1 });

    const second = await engine.checkDataset({ dataset });
    expect(second).toMatchObject({ dataset, version: 2, pictures: 24 });
    expect(second.contentHash).not.toBe(first.contentHash);
    const added = await engine.listPictures({ dataset, show: 'added' });
    expect(added.rows.map(({ path }) => path)).toEqual(['cat/new.jpg', 'dog/00003.jpg']);
    expect((await engine.listPictures({ dataset, sort: 'added', limit: 2 })).rows.every((row) => row.added)).toBe(true);
    expect(await engine.folderChanges({ dataset })).toEqual({ added: 0, removed: 0, changed: 0 });
    expect(await engine.checkDataset({ dataset })).toMatchObject({ version: 2 });
  });
});

describe('a page of pictures', () => {
  it('is filtered, sorted and cut', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, small);
    await makePictures(root, { ...small, classes: ['cow'], perClass: 3, width: 90, height: 60 });
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    const paths = async (query: object): Promise<string[]> =>
      (await engine.listPictures({ dataset, ...query })).rows.map(({ path }) => path);
    expect(await paths({ offset: 11, limit: 2 })).toEqual(['cat/00011.jpg', 'cow/00000.jpg']);
    expect((await paths({ sort: 'size' })).slice(-3)).toEqual(['cow/00000.jpg', 'cow/00001.jpg', 'cow/00002.jpg']);
    const bytes = (await engine.listPictures({ dataset, sort: 'bytes' })).rows.map((row) => row.bytes);
    expect(bytes).toEqual([...bytes].sort((a, b) => a - b));
    expect(await paths({ paths: ['dog/00004.jpg', 'cat/00002.jpg', 'nowhere.jpg'] })).toEqual([
      'cat/00002.jpg',
      'dog/00004.jpg',
    ]);
    const roles = await Promise.all(
      (['train', 'validation', 'test', 'leftOut'] as const).map((role) =>
        engine.listPictures({ dataset, role, limit: 1 }),
      ),
    );
    expect(roles.reduce((sum, { total }) => sum + total, 0)).toBe(27);
    expect(roles[3]!.total).toBe(0);
    await expect(engine.listPictures({ dataset, limit: 2000 })).rejects.toMatchObject({ code: 'engine.badInput' });
  });
});

describe('the list of recent folders', () => {
  it('holds the last opened first, hides and shows again, and says what is gone', async () => {
    const memory = temporaryFolder();
    const engine = engineIn(memory);
    for (const name of ['a', 'b']) {
      await makePictures(join(memory, name), small);
      await openWhole(engine, join(memory, name));
    }
    const [b, a] = await engine.recentDatasets({});
    expect([b!.name, a!.name]).toEqual(['b', 'a']);
    expect(b).toMatchObject({ present: true, version: 1, pictures: 24, classes: 2, bestAccuracy: null });
    expect(b!.samples).toEqual(['cat/00000.jpg', 'dog/00000.jpg']);
    await engine.hideDataset({ dataset: b!.dataset, hidden: true });
    expect((await engine.recentDatasets({})).map(({ name }) => name)).toEqual(['a']);
    await engine.hideDataset({ dataset: b!.dataset, hidden: false });
    renameSync(join(memory, 'a'), join(memory, 'moved'));
    expect((await engine.recentDatasets({})).find(({ name }) => name === 'a')).toMatchObject({ present: false });

    await expect(engine.locateDataset({ dataset: a!.dataset, folder: join(memory, 'b') })).rejects.toMatchObject({
      code: 'store.folderTaken',
    });
    await makePictures(join(memory, 'other'), { ...small, seed: 44 });
    await expect(engine.locateDataset({ dataset: a!.dataset, folder: join(memory, 'other') })).rejects.toMatchObject({
      code: 'dataset.otherPictures',
    });
    const found = await engine.locateDataset({ dataset: a!.dataset, folder: join(memory, 'moved') });
    expect(found).toMatchObject({ dataset: a!.dataset, name: 'moved', present: true, version: 1, pictures: 24 });
  });
});

describe('the sample', () => {
  it('is drawn once, whole, and opened', async () => {
    const engine = engineIn(temporaryFolder());
    const [one, two] = await Promise.all([engine.openSample({}), engine.openSample({})]);
    expect(two.dataset).toBe(one.dataset);
    expect(one.classes.length).toBeGreaterThanOrEqual(5);
    expect(one.pictures).toBe(240);
  });
});
