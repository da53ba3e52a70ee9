import type { CommandName } from '../../protocol/engine-api.ts';
import { resolveConfig } from '../resolve-config.ts';
import type { CommandHandler } from './command-handler.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './evaluate.ts';
import { exportRun } from './export-run.ts';
import { inspect } from './inspect.ts';
import { deleteRun, listRuns, pinRun, showRun } from './manage-runs.ts';
import { predict } from './predict.ts';
import { startRun } from './start-run.ts';
import { cancelRun, continueRun, pauseRun, resumeRun } from './steer-runs.ts';
import { zooList, zooPull } from './zoo.ts';

/** Every command has its handler: one missing does not compile. */
export const commandHandlers: { readonly [C in CommandName]: CommandHandler<C> } = {
  inspect,
  resolveConfig: (_context, input) => Promise.resolve(resolveConfig(input)),
  startRun,
  resumeRun,
  pauseRun,
  continueRun,
  cancelRun,
  listRuns,
  showRun,
  deleteRun,
  pinRun,
  evaluate,
  predict,
  exportRun,
  zooList,
  zooPull,
  doctor,
};
