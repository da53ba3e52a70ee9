import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decode, encode, parseJson, upgrade } from '../stored/kind.ts';
import { membersKind, type ListedMember } from '../stored/members.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { modelFileName } from './model-file.ts';

/**
 * `<runFolder>/members.json`: which members a run has, in their order. The one place that says so: the model that can be used, the
 * rows of the database and what a run reports of its members are made from it.
 */
export const membersFileName = 'members.json';

export async function writeMembers(runFolder: string, members: readonly ListedMember[]): Promise<void> {
  await writeFileAtomic(join(runFolder, membersFileName), `${encode(membersKind, members)}\n`);
}

/** Members so far; none before the first was saved. @throws stored.newer, stored.damaged */
export async function readMembers(runFolder: string): Promise<readonly ListedMember[]> {
  const where = join(runFolder, membersFileName);
  const text = await textOf(where);
  return text === null ? readOldMembers(runFolder) : decode(membersKind, text, where);
}

/**
 * Runs from before there was a file of members alone. Their model tells which there are, since what came after the best cycle of an
 * early stop was listed beside the predictions too; that list has the latencies, and stands alone until the first model is written.
 */
async function readOldMembers(runFolder: string): Promise<readonly ListedMember[]> {
  const listPath = join(runFolder, 'predictions', 'members.json');
  const modelPath = join(runFolder, modelFileName);
  const [list, model] = [await textOf(listPath), await textOf(modelPath)];
  const listed = list === null ? [] : decode(membersKind, list, listPath);
  if (model === null) return listed;
  const { members } = parseJson('model', model, modelPath) as { members: readonly { readonly sha256: string }[] };
  const timed = new Map(listed.map(({ sha256, milliseconds }) => [sha256, milliseconds]));
  const inModel = members.map((member) => ({ member, milliseconds: timed.get(member.sha256) ?? null }));
  return upgrade(membersKind, inModel, modelPath);
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch(() => null);
}
