import { resolve } from 'node:path';
import { runInLane } from '../engine-context.ts';
import { findModel } from '../find-model.ts';
import type { CommandHandler } from './command-handler.ts';

/** Judges a model on every picture of a labelled folder. */
export const evaluate: CommandHandler<'evaluate'> = async (
  { store, lanes, threads },
  { model: name, folder },
  hooks,
) => {
  const model = await findModel(store, name);
  const root = resolve(folder);
  const dataset = await runInLane<'scan'>(lanes.files, { kind: 'scan', root, cache: store.layout.cache }, hooks);
  return runInLane<'evaluate'>(
    lanes.interactive,
    { kind: 'evaluate', model, dataset, workspace: store.layout.root, threads },
    hooks,
  );
};
