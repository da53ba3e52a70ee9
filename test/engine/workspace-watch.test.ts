import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { WorkspaceChange } from '../../src/protocol/engine-api.ts';
import { makePictures } from '../support/make-pictures.ts';
import { runScript } from '../support/run-script.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { engineIn, openWhole } from '../support/watched-engine.ts';

const small = { classes: ['cat', 'dog'], perClass: 4, width: 32, height: 32, seed: 1 };

describe('watching a workspace', () => {
  it('tells changes of the same engine at once, and no more when it has ended', async () => {
    const memory = temporaryFolder();
    await makePictures(join(memory, 'pets'), small);
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, join(memory, 'pets'));
    const heard: WorkspaceChange[] = [];
    const stop = engine.watch((change) => heard.push(change));
    await engine.hideDataset({ dataset, hidden: true });
    expect(heard).toEqual([{ what: 'datasets', id: dataset }]);
    await new Promise((resolve) => setTimeout(resolve, 900));
    expect(heard).toHaveLength(1);
    stop();
    await engine.hideDataset({ dataset, hidden: false });
    expect(heard).toHaveLength(1);
  });

  it('tells changes that another process makes, and their effect is seen', async () => {
    const memory = temporaryFolder();
    const root = join(memory, 'pets');
    await makePictures(root, small);
    const engine = engineIn(memory);
    const { dataset } = await openWhole(engine, root);
    const told = new Promise<WorkspaceChange>((resolve) => engine.watch(resolve));
    await runScript('test/engine/process-edit.ts', [join(memory, 'workspace'), dataset, 'cat/00000.jpg']);
    expect(await told).toEqual({ what: 'datasets', id: dataset });
    expect(await engine.showDataset({ dataset })).toMatchObject({ leftOut: 1, undo: 1 });
  });
});
