import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { averagedMembers, ensembleModelVersion } from '../../src/ensemble/ensemble-model.ts';
import { readModelFolder, writeModelFolder } from '../../src/ensemble/model-folder.ts';
import { tinyDraft } from '../support/tiny-model.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'anneal-model-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('model folder', () => {
  it.each([true, false])('gives back record and tensors (shared trunk: %s)', async (shared) => {
    const draft = tinyDraft(shared);
    const written = await writeModelFolder(folder, draft);
    const files = await readModelFolder(folder);
    expect(files.model).toEqual(written);
    for (const [index, member] of files.model.members.entries()) {
      expect(Object.fromEntries(await files.weights(member))).toEqual(draft.members[index]!.tensors);
    }
    if (files.model.trunk)
      expect(Object.fromEntries(await files.weights(files.model.trunk))).toEqual(draft.trunk!.tensors);
    else expect(shared).toBe(false);
  });

  it('names files by content: writing the same model again adds none', async () => {
    await writeModelFolder(folder, tinyDraft(true));
    const before = await readdir(folder, { recursive: true });
    await writeModelFolder(folder, tinyDraft(true));
    expect(await readdir(folder, { recursive: true })).toEqual(before);
    expect(before.filter((name) => name.endsWith('.safetensors'))).toHaveLength(4);
  });

  it('refuses changed weights, naming the file', async () => {
    const { members } = await writeModelFolder(folder, tinyDraft(false));
    const path = join(folder, members[1]!.file);
    const data = await readFile(path);
    data[data.length - 1]! ^= 1;
    await writeFile(path, data);
    const files = await readModelFolder(folder);
    await expect(files.weights(members[1]!)).rejects.toMatchObject({
      code: 'model.checksum',
      params: { file: members[1]!.file },
    });
    await expect(files.weights(members[0]!)).resolves.toBeDefined();
  });

  it('says what is wrong: no model, a newer one, a broken record, a path that leaves the folder', async () => {
    await expect(readModelFolder(folder)).rejects.toMatchObject({ code: 'model.missing' });
    await writeModelFolder(folder, tinyDraft(true));
    const path = join(folder, 'model.json');
    const text = await readFile(path, 'utf8');
    const withChange = async (change: (record: Record<string, unknown>) => void) => {
      const record = JSON.parse(text) as Record<string, unknown>;
      change(record);
      await writeFile(path, JSON.stringify(record));
      return expect(readModelFolder(folder));
    };
    await (
      await withChange((record) => (record['formatVersion'] = ensembleModelVersion + 1))
    ).rejects.toMatchObject({ code: 'stored.newer' });
    await (
      await withChange((record) => (record['labels'] = ['one']))
    ).rejects.toMatchObject({ code: 'stored.damaged', params: { at: 'spec.classes' } });
    for (const file of ['../x.safetensors', 'a/../../x', '/etc/passwd', 'C:\\x', '..', 'a//b']) {
      const changed = await withChange((record) => Object.assign(record['trunk'] as object, { file }));
      await changed.rejects.toMatchObject({ code: 'stored.damaged', params: { at: 'trunk.file' } });
    }
    await writeFile(path, text.slice(0, 100));
    await expect(readModelFolder(folder)).rejects.toMatchObject({ code: 'stored.damaged' });
  });
});

describe('averagedMembers', () => {
  it('leaves out members of weight 0; shares sum to 1', async () => {
    const model = await writeModelFolder(folder, tinyDraft(true));
    expect(averagedMembers(model).map(({ member, share }) => [member.name, share])).toEqual([
      ['cycle-1', 1 / 3],
      ['cycle-2', 2 / 3],
    ]);
  });
});
