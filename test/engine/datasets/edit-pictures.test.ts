import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/engine/create-engine.ts';
import { openStore } from '../../../src/store/store.ts';
import { makePictures } from '../../support/make-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { listen, tinyTraining } from '../../support/tiny-training.ts';
import { engineIn, openWhole } from '../../support/watched-engine.ts';

const small = { classes: ['cat', 'cow', 'dog'], perClass: 8, width: 32, height: 32, seed: 1 };
const [cat, cow, dog] = [0, 1, 2];

const counts = (summary: { classes: readonly { pictures: number }[] }): number[] =>
  summary.classes.map(({ pictures }) => pictures);

describe('a change by hand', () => {
  it('moves and leaves out, is undone and done again, and survives a restart', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, small);
    const before = readdirSync(root, { recursive: true });
    const first = createEngine({ workspace: join(memory, 'workspace') });
    const opened = await openWhole(first, root);
    const { dataset } = opened;
    const moved = await first.editPictures({
      dataset,
      paths: ['cat/00000.jpg', 'cat/00001.jpg'],
      change: { kind: 'move', label: dog },
    });
    expect(counts(moved)).toEqual([6, 8, 10]);
    expect(moved).toMatchObject({ undo: 1, redo: 0, version: 2 });
    expect(moved.contentHash).not.toBe(opened.contentHash);
    const left = await first.editPictures({
      dataset,
      paths: ['cow/00003.jpg'],
      change: { kind: 'leaveOut', leftOut: true },
    });
    expect(counts(left)).toEqual([6, 7, 10]);
    expect(left).toMatchObject({ pictures: 23, leftOut: 1, undo: 2 });
    expect(left.classes[cow]).toMatchObject({ leftOut: 1 });
    await first.close();

    const engine = engineIn(memory);
    expect(await engine.showDataset({ dataset })).toEqual(left);
    const rows = (await engine.listPictures({ dataset, show: 'moved' })).rows;
    expect(rows.map(({ path, label, movedFrom }) => [path, label, movedFrom])).toEqual([
      ['cat/00000.jpg', dog, cat],
      ['cat/00001.jpg', dog, cat],
    ]);
    expect((await engine.listPictures({ dataset, role: 'leftOut' })).rows.map(({ path }) => path)).toEqual([
      'cow/00003.jpg',
    ]);
    expect(await engine.undoEdit({ dataset })).toMatchObject({ contentHash: moved.contentHash, undo: 1, redo: 1 });
    const back = await engine.undoEdit({ dataset });
    expect(back).toMatchObject({ contentHash: opened.contentHash, version: 1, undo: 0, redo: 2 });
    await expect(engine.undoEdit({ dataset })).rejects.toMatchObject({ code: 'dataset.noUndo' });
    expect(await engine.redoEdit({ dataset })).toMatchObject({ contentHash: moved.contentHash, redo: 1 });
    const other = await engine.editPictures({
      dataset,
      paths: ['dog/00000.jpg'],
      change: { kind: 'move', label: cow },
    });
    expect(other).toMatchObject({ undo: 2, redo: 0 });
    await expect(engine.redoEdit({ dataset })).rejects.toMatchObject({ code: 'dataset.noRedo' });
    expect(readdirSync(root, { recursive: true })).toEqual(before);
  });

  it('that changes nothing is no step, and one that cannot be is refused whole', async () => {
    const memory = temporaryFolder();
    await makePictures(join(memory, 'pets'), small);
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, join(memory, 'pets'));
    const move = (paths: string[], label: number) =>
      engine.editPictures({ dataset, paths, change: { kind: 'move', label } });
    expect(await move(['cat/00000.jpg'], cat)).toMatchObject({ undo: 0 });
    await expect(move(['cat/00000.jpg'], 3)).rejects.toMatchObject({ code: 'dataset.unknownClass' });
    await expect(move(['cat/00000.jpg', '../cat/00000.jpg'], dog)).rejects.toMatchObject({
      code: 'dataset.unknownPicture',
    });
    expect(await engine.showDataset({ dataset })).toMatchObject({ undo: 0 });
  });

  it('means the picture that was looked at: another file under its name is not changed', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, small);
    await makePictures(join(memory, 'other'), { ...small, classes: ['cat'], perClass: 1, seed: 7 });
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    await engine.editPictures({
      dataset,
      paths: ['cat/00000.jpg', 'cat/00001.jpg'],
      change: { kind: 'move', label: dog },
    });
    writeFileSync(join(root, 'cat', '00000.jpg'), readFileSync(join(memory, 'other', 'cat', '00000.jpg')));
    await engine.checkDataset({ dataset });
    expect((await engine.listPictures({ dataset, show: 'moved' })).rows.map(({ path }) => path)).toEqual([
      'cat/00001.jpg',
    ]);
  });

  it('drops a class that has no picture left from what is trained on, and takes it back', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, small);
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    const cows = (await engine.listPictures({ dataset, label: cow })).rows.map(({ path }) => path);
    const without = await engine.editPictures({ dataset, paths: cows, change: { kind: 'move', label: dog } });
    expect(counts(without)).toEqual([8, 0, 16]);
    expect((await engine.inspect({ folder: root })).classes).toEqual(['cat', 'dog']);
    expect(
      counts(await engine.editPictures({ dataset, paths: cows.slice(0, 2), change: { kind: 'move', label: cow } })),
    ).toEqual([8, 2, 14]);
  });
});

describe('a version of a dataset', () => {
  it('gets the next number when a new content is trained on, and the run remembers it', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, small);
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    await engine.editPictures({ dataset, paths: ['cat/00000.jpg'], change: { kind: 'move', label: dog } });
    await engine.editPictures({ dataset, paths: ['cow/00000.jpg'], change: { kind: 'leaveOut', leftOut: true } });
    const { runId } = await engine.startRun({ folder: root, ...tinyTraining(1) });
    const edited = await engine.showDataset({ dataset });
    expect(edited).toMatchObject({ version: 2, lastRun: { runId, accuracy: null } });
    await engine.undoEdit({ dataset });
    expect(
      await engine.editPictures({ dataset, paths: ['dog/00001.jpg'], change: { kind: 'leaveOut', leftOut: true } }),
    ).toMatchObject({
      version: 3,
    });

    const { dataset: trained } = await engine.showRun({ run: runId });
    expect(trained).toMatchObject({ dataset, version: 2, contentHash: edited.contentHash, pictures: 23, classes: 3 });
    await listen(engine, runId).ended();
    const store = openStore(join(memory, 'workspace'));
    const stored = store.datasets.read(store.runs.get(runId)!.datasetVersionId);
    expect(stored.pictures.find(({ path }) => path === 'cat/00000.jpg')).toMatchObject({ label: dog });
    expect(stored.pictures.some(({ path }) => path === 'cow/00000.jpg')).toBe(false);
    store.close();
    const [recent] = await engine.recentDatasets({});
    expect(recent!.bestAccuracy).toBe((await engine.showRun({ run: runId })).heldOutAccuracy!.accuracy);
    expect((await engine.showDataset({ dataset })).lastRun!.accuracy).toBe(recent!.bestAccuracy);

    const judged = await engine.evaluate({ model: runId, folder: root });
    expect(judged.ensemble.n).toBe(23);
    await makePictures(join(memory, 'fresh'), { ...small, seed: 3 });
    expect((await engine.evaluate({ model: runId, folder: join(memory, 'fresh') })).ensemble.n).toBe(24);
    expect(await engine.recentDatasets({})).toHaveLength(1);
  });
});
