import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { damaged, decode, encode, entriesOf, fieldsOf, parseJson, upgrade } from '../stored/kind.ts';
import { membersKind, type ListedMember } from '../stored/members.ts';
import { writeFileAtomic } from './atomic-file.ts';
import { modelFileName } from './model-file.ts';

/**
 * `<runFolder>/members.json`: which members a run has, in their order. The one file that says so; all that works on members of a run
 * learns them here: training by runs/run-members.ts, the engine by engine/members-of-run.ts, what computes with them by
 * ensemble/run-folder.ts. What else is kept of them:
 *
 * - `model.json` beside it says how to use them: network, classes, preprocessing, the layers that they share, the weight of each.
 * - The table `members` is a copy, for lists of runs and for what asks while a run trains; once it has finished this file is asked.
 * - The result of a run is what it reported at its end, and `chosen` what a person fixed later: names, to be found in this file.
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
  const timed = new Map<unknown, number | null>(listed.map(({ sha256, milliseconds }) => [sha256, milliseconds]));
  const inModel = recordsIn(parseJson('model', model, modelPath), modelPath);
  const untold = inModel.map((member) => ({ member, milliseconds: timed.get(member['sha256']) ?? null }));
  return upgrade(membersKind, untold, modelPath);
}

function recordsIn(model: unknown, modelPath: string): readonly Readonly<Record<string, unknown>>[] {
  try {
    return entriesOf(fieldsOf(model)['members']).map(fieldsOf);
  } catch (error) {
    throw damaged('model', modelPath, 'members', error instanceof Error ? error.message : String(error));
  }
}

/** Null only where there is no such file: what cannot be read is not taken for what is not there. */
async function textOf(path: string): Promise<string | null> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}
