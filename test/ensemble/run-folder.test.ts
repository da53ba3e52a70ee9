import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { EnsembleModel } from '../../src/ensemble/ensemble-model.ts';
import { writeModelFolder } from '../../src/ensemble/model-folder.ts';
import { readRunFolder } from '../../src/ensemble/run-folder.ts';
import { membersFileName } from '../../src/weights/members-file.ts';
import { listModel } from '../support/list-model.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyDraft } from '../support/tiny-model.ts';

const namesIn = ({ members }: EnsembleModel): string[] => members.map(({ name }) => name);

describe('the folder of a run as a model', () => {
  it('has the members that are listed, with the weights of the record', async () => {
    const folder = temporaryFolder();
    const model = await writeModelFolder(folder, tinyDraft(true));
    await listModel(folder, model, namesIn(model));
    expect((await readRunFolder(folder)).model).toEqual(model);
    await listModel(folder, model, ['cycle-1', 'cycle-2']);
    expect((await readRunFolder(folder)).model).toEqual({ ...model, members: model.members.slice(0, 2) });
  });

  it('has those of the record where it is from before there was a list', async () => {
    const folder = temporaryFolder();
    const draft = tinyDraft(true);
    const members = draft.members.map((member, i) => ({ ...member, name: `snapshot-${i + 1}` }));
    await writeModelFolder(folder, { ...draft, members });
    expect(namesIn((await readRunFolder(folder)).model)).toEqual(members.map(({ name }) => name));
  });

  it('is refused where the list is damaged, of a newer version, or lacks a member of the mean', async () => {
    const folder = temporaryFolder();
    const model = await writeModelFolder(folder, tinyDraft(true));
    const path = join(folder, membersFileName);
    writeFileSync(path, '{"formatVersion":2,"li');
    await expect(readRunFolder(folder)).rejects.toMatchObject({ code: 'stored.damaged', params: { where: path } });
    writeFileSync(path, '{"formatVersion":99,"list":[]}');
    await expect(readRunFolder(folder)).rejects.toMatchObject({ code: 'stored.newer', params: { where: path } });
    await listModel(folder, model, ['cycle-2', 'cycle-3']);
    const refusal = { where: path, detail: 'it lacks cycle-1, which model.json averages' };
    await expect(readRunFolder(folder)).rejects.toMatchObject({ code: 'stored.damaged', params: refusal });
  });
});
