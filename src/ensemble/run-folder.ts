import { join } from 'node:path';
import { damaged } from '../stored/kind.ts';
import { membersFileName, readMembers } from '../weights/members-file.ts';
import { modelFileName } from '../weights/model-file.ts';
import { readModelFolder, type ModelFiles } from './model-folder.ts';

/**
 * The folder of a run as a model of the members that are listed in it. Members without weight that are not listed are left out: a run
 * can be stopped between the writing of the two files. The mean is never taken without one of its members.
 * Throws what readMembers and readModelFolder throw; `stored.damaged` where a member of the mean is not listed.
 */
export async function readRunFolder(runFolder: string): Promise<ModelFiles> {
  const listed = new Set((await readMembers(runFolder)).map(({ sha256 }) => sha256));
  const files = await readModelFolder(runFolder);
  const members = files.model.members.filter(({ sha256, weight }) => weight > 0 || listed.has(sha256));
  const missing = members.find(({ sha256 }) => !listed.has(sha256));
  if (!missing) return { ...files, model: { ...files.model, members } };
  const detail = `it lacks ${missing.name}, which ${modelFileName} averages`;
  throw damaged('members', join(runFolder, membersFileName), '', detail);
}
