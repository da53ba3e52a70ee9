import type { CommandHandler } from './command-handler.ts';

/** Scans a folder and stores what was found, with all changes made by hand in the window: what a run would be trained on. */
export const inspect: CommandHandler<'inspect'> = async ({ datasets }, { folder }, hooks) =>
  (await datasets.scanForWork(folder, hooks)).effective.dataset;
