import { opendir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AnnealError } from '../../base/errors.ts';
import { runInLane } from '../run-in-lane.ts';
import { asUsed, findModel } from '../find-model.ts';
import type { CommandHandler } from './command-handler.ts';

/** Names the class of each picture; folders stand for all files in them. */
export const predict: CommandHandler<'predict'> = async (context, { model: name, paths, calibrated }, hooks) => {
  const { lanes, threads } = context;
  const model = asUsed(await findModel(context, name), calibrated);
  const pictures = (await Promise.all(paths.map((path) => filesOf(resolve(path))))).flat();
  if (pictures.length === 0) throw new AnnealError('engine.noPictures', { path: paths.join(', ') });
  return runInLane<'predict'>(lanes.interactive, { kind: 'predict', model, pictures, threads }, hooks);
};

/** The file itself, or all files below a folder in order of name; what begins with a dot is left out. */
async function filesOf(path: string): Promise<string[]> {
  if (!(await stat(path)).isDirectory()) return [path];
  const files: string[] = [];
  for await (const entry of await opendir(path)) {
    if (entry.name.startsWith('.')) continue;
    const inner = join(path, entry.name);
    if (entry.isDirectory()) files.push(...(await filesOf(inner)));
    else if (entry.isFile()) files.push(inner);
  }
  return files.sort();
}
