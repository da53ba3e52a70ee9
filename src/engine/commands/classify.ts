import { resolve } from 'node:path';
import { runInLane } from '../run-in-lane.ts';
import { findModel } from '../find-model.ts';
import type { CommandHandler } from './command-handler.ts';

/** One picture, answered at once; the lane keeps the model ready for the next. */
export const classify: CommandHandler<'classify'> = async (context, { model: name, members, picture }, hooks) => {
  const model = await findModel(context, name, members);
  const given =
    'path' in picture
      ? { path: resolve(picture.path) }
      : { name: picture.name, bytes: new Uint8Array(Buffer.from(picture.base64, 'base64')) };
  const job = { kind: 'classify', model, picture: given, threads: context.threads } as const;
  return runInLane<'classify'>(context.lanes.interactive, job, hooks);
};
