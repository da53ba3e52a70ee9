import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/create-engine.ts';
import { makePictures } from '../../support/make-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { engineIn, openWhole } from '../../support/watched-engine.ts';

const small = { classes: ['cat', 'dog'], perClass: 6, width: 32, height: 32, seed: 1 };
const dog = 1;

async function pets(): Promise<{ memory: string; root: string; engine: Engine; dataset: string }> {
  const memory = temporaryFolder();
  const root = join(memory, 'pets');
  await makePictures(root, small);
  const engine = engineIn(memory);
  const { dataset } = await openWhole(engine, root);
  return { memory, root, engine, dataset };
}

describe('applying changes to the folder', () => {
  it('moves the listed files and no others, and needs the changes no more', async () => {
    const { root, engine, dataset } = await pets();
    const content = readFileSync(join(root, 'cat/00000.jpg'));
    const paths = ['cat/00000.jpg', 'cat/00001.jpg', 'cat/00002.jpg'];
    await engine.editPictures({ dataset, paths, change: { kind: 'move', label: dog } });
    const leaveOut = { kind: 'leaveOut', leftOut: true } as const;
    await engine.editPictures({ dataset, paths: ['cat/00001.jpg', 'cat/00005.jpg'], change: leaveOut });
    const plan = await engine.planFolderMoves({ dataset });
    // 'dog' has files of these names already.
    expect(plan).toEqual([
      { from: 'cat/00000.jpg', to: 'dog/00000-2.jpg' },
      { from: 'cat/00001.jpg', to: 'dog/00001-2.jpg' },
      { from: 'cat/00002.jpg', to: 'dog/00002-2.jpg' },
    ]);
    const after = await engine.applyToFolder({ dataset, moves: plan.slice(0, 2) });
    expect(readFileSync(join(root, 'dog/00000-2.jpg'))).toEqual(content);
    expect(existsSync(join(root, 'cat/00000.jpg'))).toBe(false);
    expect(existsSync(join(root, 'cat/00002.jpg'))).toBe(true);
    expect(after.classes.map(({ pictures }) => pictures)).toEqual([2, 8]);
    expect(await engine.planFolderMoves({ dataset })).toEqual([{ from: 'cat/00002.jpg', to: 'dog/00002-2.jpg' }]);
    const leftOut = await engine.listPictures({ dataset, role: 'leftOut' });
    expect(leftOut.rows.map(({ path }) => path)).toEqual(['cat/00005.jpg', 'dog/00001-2.jpg']);
  });

  it('goes into the same part of a folder that has parts', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'parts');
    await makePictures(join(root, 'train'), small);
    await makePictures(join(root, 'test'), { ...small, perClass: 2, seed: 2 });
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    await engine.editPictures({ dataset, paths: ['test/cat/00000.jpg'], change: { kind: 'move', label: dog } });
    expect(await engine.planFolderMoves({ dataset })).toEqual([
      { from: 'test/cat/00000.jpg', to: 'test/dog/00000-2.jpg' },
    ]);
  });

  it('leaves alone what is not planned, changed, taken or gone, says so by file, and moves the rest', async () => {
    const { root, engine, dataset } = await pets();
    rmSync(join(root, 'dog/00003.jpg'));
    const { dataset: same } = await engine.checkDataset({ dataset });
    expect(same).toBe(dataset);
    const paths = ['cat/00000.jpg', 'cat/00001.jpg', 'cat/00002.jpg', 'cat/00003.jpg'];
    await engine.editPictures({ dataset, paths, change: { kind: 'move', label: dog } });
    const plan = await engine.planFolderMoves({ dataset });
    expect(plan[3]).toEqual({ from: 'cat/00003.jpg', to: 'dog/00003.jpg' });
    writeFileSync(join(root, 'cat/00001.jpg'), 'changed meanwhile');
    rmSync(join(root, 'cat/00002.jpg'));
    const moves = [...plan, { from: 'cat/00004.jpg', to: 'dog/x.jpg' }, { from: '../secret', to: 'dog/y.jpg' }];
    const failed = await engine.applyToFolder({ dataset, moves }).catch((error: unknown) => error);
    expect(failed).toMatchObject({
      code: 'dataset.movesFailed',
      params: {
        moved: 2,
        failed: [
          'changed:cat/00001.jpg',
          'notPlanned:cat/00002.jpg',
          'notPlanned:cat/00004.jpg',
          'notPlanned:../secret',
        ],
      },
    });
    expect(existsSync(join(root, 'dog/00003.jpg'))).toBe(true);
    expect(readFileSync(join(root, 'cat/00001.jpg'), 'utf8')).toBe('changed meanwhile');
    expect(existsSync(join(root, 'cat/00004.jpg'))).toBe(true);
  });

  it('never writes over a file that appears after the plan', async () => {
    const { root, engine, dataset } = await pets();
    await engine.editPictures({ dataset, paths: ['cat/00000.jpg'], change: { kind: 'move', label: dog } });
    const [move] = await engine.planFolderMoves({ dataset });
    writeFileSync(join(root, move!.to), 'mine');
    await expect(engine.applyToFolder({ dataset, moves: [move!] })).rejects.toMatchObject({
      code: 'dataset.movesFailed',
    });
    expect(readFileSync(join(root, move!.to), 'utf8')).toBe('mine');
    expect(existsSync(join(root, 'cat/00000.jpg'))).toBe(true);
    expect(await engine.showDataset({ dataset })).toMatchObject({ undo: 1 });
  });

  it('follows no link out of the folder', async () => {
    const { memory, root, engine, dataset } = await pets();
    await makePictures(join(memory, 'elsewhere'), { ...small, classes: ['bird'], seed: 4 });
    symlinkSync(join(memory, 'elsewhere', 'bird'), join(root, 'bird'));
    const { classes } = await engine.checkDataset({ dataset });
    expect(classes.map(({ name }) => name)).toEqual(['bird', 'cat', 'dog']);
    await engine.editPictures({
      dataset,
      paths: ['cat/00000.jpg', 'bird/00000.jpg'],
      change: { kind: 'move', label: 2 },
    });
    await engine.editPictures({ dataset, paths: ['cat/00001.jpg'], change: { kind: 'move', label: 0 } });
    const plan = await engine.planFolderMoves({ dataset });
    const failed = await engine.applyToFolder({ dataset, moves: [...plan] }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ params: { moved: 1, failed: ['outside:bird/00000.jpg', 'outside:cat/00001.jpg'] } });
    expect(existsSync(join(memory, 'elsewhere/bird/00000.jpg'))).toBe(true);
  });

  it('is refused where labels come from a list', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'listed');
    mkdirSync(root, { recursive: true });
    await makePictures(join(memory, 'pets'), small);
    const rows = ['a.jpg,cat', 'b.jpg,cat', 'c.jpg,dog', 'd.jpg,dog'];
    ['cat/00000', 'cat/00001', 'dog/00000', 'dog/00001'].forEach((name, i) =>
      copyFileSync(join(memory, 'pets', `${name}.jpg`), join(root, rows[i]!.split(',')[0]!)),
    );
    writeFileSync(join(root, 'metadata.csv'), ['file_name,label', ...rows].join('\n'));
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    await engine.editPictures({ dataset, paths: ['a.jpg'], change: { kind: 'move', label: dog } });
    await expect(engine.planFolderMoves({ dataset })).rejects.toMatchObject({ code: 'dataset.labelsFromList' });
    writeFileSync(join(root, 'metadata.csv'), ['file_name,label', 'a.jpg,dog', ...rows.slice(1)].join('\n'));
    expect(await engine.folderChanges({ dataset })).toEqual({ added: 0, removed: 0, changed: 1 });
  });
});
