import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ListedMember } from '../../src/stored/members.ts';
import { membersFileName, readMembers, writeMembers } from '../../src/weights/members-file.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const accuracy = { accuracy: 0.5, split: 'validation', n: 10, low: 0.2, high: 0.8 } as const;
const weights = (letter: string) => ({
  file: `members/${letter}.safetensors`,
  sha256: letter.repeat(64),
  bytes: 8,
  accuracy,
});

describe('the members file of a run', () => {
  it('gives back what was written', async () => {
    const folder = temporaryFolder();
    const members: ListedMember[] = [
      { name: 'snapshot-2', kind: 'snapshot', index: 1, step: 20, milliseconds: 1.5, ...weights('a') },
      { name: 'fold-1', kind: 'fold', index: 0, step: 0, milliseconds: null, ...weights('b'), accuracy: null },
    ];
    await writeMembers(folder, members);
    expect(await readMembers(folder)).toEqual(members);
  });

  it('is empty before the first member', async () => {
    expect(await readMembers(temporaryFolder())).toEqual([]);
  });

  it('of a newer version, or with a kind that nobody knows, is refused', async () => {
    const folder = temporaryFolder();
    const member = { name: 'x-1', kind: 'unheard', index: 0, step: 0, milliseconds: null, ...weights('a') };
    writeFileSync(join(folder, membersFileName), JSON.stringify({ formatVersion: 99, list: [] }));
    await expect(readMembers(folder)).rejects.toMatchObject({ code: 'stored.newer' });
    writeFileSync(join(folder, membersFileName), JSON.stringify({ formatVersion: 2, list: [member] }));
    await expect(readMembers(folder)).rejects.toMatchObject({ code: 'stored.damaged' });
  });

  it('that cannot be read, or was cut off, is not taken for one that is not there', async () => {
    const folder = temporaryFolder();
    const model = { formatVersion: 1, members: [{ name: 'snapshot-1', weight: 1, ...weights('a') }] };
    writeFileSync(join(folder, 'model.json'), JSON.stringify(model));
    expect(await readMembers(folder)).toHaveLength(1);
    writeFileSync(join(folder, membersFileName), '');
    await expect(readMembers(folder)).rejects.toMatchObject({ code: 'stored.damaged', params: { kind: 'members' } });
    rmSync(join(folder, membersFileName));
    mkdirSync(join(folder, membersFileName));
    await expect(readMembers(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});

describe('a run from before there was a members file', () => {
  const old = (name: string, letter: string) => ({ name, weight: 1, ...weights(letter) });

  it('has the members of its model, with the latencies that were listed beside its predictions', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'predictions'));
    const listed = ['a', 'b', 'c'].map((letter, cycle) => ({
      cycle,
      member: old(`snapshot-${cycle + 1}`, letter),
      milliseconds: cycle + 0.5,
    }));
    writeFileSync(join(folder, 'predictions', 'members.json'), JSON.stringify(listed));
    const snapshot = (index: number, letter: string) => ({
      ...{ name: `snapshot-${index + 1}`, kind: 'snapshot', index, step: 0, milliseconds: index + 0.5 },
      ...weights(letter),
    });
    expect(await readMembers(folder)).toEqual([snapshot(0, 'a'), snapshot(1, 'b'), snapshot(2, 'c')]);

    // It had stopped early: the third came after the best.
    const model = { formatVersion: 1, members: [old('snapshot-1', 'a'), old('snapshot-2', 'b')] };
    writeFileSync(join(folder, 'model.json'), JSON.stringify(model));
    expect(await readMembers(folder)).toEqual([snapshot(0, 'a'), snapshot(1, 'b')]);
  });

  it.each(['null', '{"members":{}}', '{"members":[null]}'])('is damaged where its model is %s', async (model) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'model.json'), model);
    await expect(readMembers(folder)).rejects.toMatchObject({ code: 'stored.damaged', params: { kind: 'model' } });
  });

  it('that fitted heads has one member a fold, and keeps them once the file is written anew', async () => {
    const folder = temporaryFolder();
    const members = [old('fold-1', 'a'), old('fold-2', 'b')];
    writeFileSync(join(folder, 'model.json'), JSON.stringify({ formatVersion: 1, members }));
    const heads = await readMembers(folder);
    expect(heads.map(({ name, kind, index, milliseconds }) => [name, kind, index, milliseconds])).toEqual([
      ['fold-1', 'fold', 0, null],
      ['fold-2', 'fold', 1, null],
    ]);
    await writeMembers(folder, heads);
    expect(JSON.parse(readFileSync(join(folder, membersFileName), 'utf8'))).toMatchObject({ formatVersion: 2 });
    expect(await readMembers(folder)).toEqual(heads);
  });
});
