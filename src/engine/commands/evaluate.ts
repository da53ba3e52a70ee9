import { runInLane } from '../run-in-lane.ts';
import { asUsed, findModel } from '../find-model.ts';
import type { CommandHandler } from './command-handler.ts';

/** Judges a model on every picture of a labelled folder, with labels and pictures as they were put right by hand. */
export const evaluate: CommandHandler<'evaluate'> = async (context, { model: name, folder, calibrated }, hooks) => {
  const { datasets, lanes, threads } = context;
  const model = asUsed(await findModel(context, name), calibrated);
  const dataset = await datasets.scanToJudge(folder, hooks);
  return runInLane<'evaluate'>(lanes.interactive, { kind: 'evaluate', model, dataset, threads }, hooks);
};
