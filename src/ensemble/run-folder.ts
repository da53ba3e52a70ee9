import { join } from 'node:path';
import { damaged } from '../stored/kind.ts';
import { membersFileName, readMembers } from '../weights/members-file.ts';
import { modelFileName } from '../weights/model-file.ts';
import { readModelFolder, type ModelFiles } from './model-folder.ts';

/**
 * The folder of a run as a model of the members that are listed in it. Its record may still hold others: it is written after the list,
 * and a run can be used where it was stopped in between.
 * Throws what readMembers and readModelFolder throw; `stored.damaged` where no averaged member is listed.
 */
export async function readRunFolder(runFolder: string): Promise<ModelFiles> {
  const listed = new Set((await readMembers(runFolder)).map(({ sha256 }) => sha256));
  const files = await readModelFolder(runFolder);
  const members = files.model.members.filter(({ sha256 }) => listed.has(sha256));
  if (members.some(({ weight }) => weight > 0)) return { ...files, model: { ...files.model, members } };
  const detail = `it has no member that ${modelFileName} averages`;
  throw damaged('members', join(runFolder, membersFileName), '', detail);
}
