import { runInLane } from '../run-in-lane.ts';
import { findModel } from '../find-model.ts';
import type { CommandHandler } from './command-handler.ts';

/** Judges a model on every picture of a labelled folder, with labels and pictures as they were put right by hand. */
export const evaluate: CommandHandler<'evaluate'> = async (context, { model: name, folder }, hooks) => {
  const { datasets, lanes, threads } = context;
  const model = await findModel(context, name);
  const dataset = await datasets.scanToJudge(folder, hooks);
  return runInLane<'evaluate'>(lanes.interactive, { kind: 'evaluate', model, dataset, threads }, hooks);
};
