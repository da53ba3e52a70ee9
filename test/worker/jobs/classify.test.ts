import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeModelFolder } from '../../../src/ensemble/model-folder.ts';
import { classify } from '../../../src/worker/jobs/classify.ts';
import { listModel } from '../../support/list-model.ts';
import { makePictures } from '../../support/make-pictures.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { tinyDraft } from '../../support/tiny-model.ts';

it('keeps the model ready until its list of members changes', async () => {
  const folder = temporaryFolder();
  await makePictures(folder, { classes: ['a'], perClass: 1, width: 32, height: 32, seed: 1, format: 'png' });
  const model = await writeModelFolder(folder, tinyDraft(true));
  const path = join(folder, 'a', '00000.png');
  const ask = async (): Promise<string[]> => {
    const run = { kind: 'run', runId: 'tiny', folder } as const;
    const host = { event() {}, progress() {}, control: () => 'go' as const, yield: () => Promise.resolve() };
    const { answer } = await classify({ kind: 'classify', model: run, picture: { path }, threads: null }, host);
    return answer.members.map(({ name }) => name);
  };
  await listModel(folder, model, ['cycle-1', 'cycle-2']);
  expect(await ask()).toEqual(['cycle-1', 'cycle-2']);
  await listModel(folder, model, ['cycle-2']);
  await expect(ask()).rejects.toMatchObject({ code: 'stored.damaged' });
  await listModel(folder, model, ['cycle-1', 'cycle-2', 'cycle-3']);
  expect(await ask()).toEqual(['cycle-1', 'cycle-2']);
});
