import { proposeRun } from '../planning/propose-run.ts';
import { planRun } from '../planning/plan-run.ts';
import { planSources } from '../planning/sources.ts';
import { defaultPreset, presetNames, type PresetName } from '../../settings/preset-names.ts';
import type { CommandHandler } from './command-handler.ts';

/** Which preset fits these pictures and this machine, with two sentences why. */
export const proposeTraining: CommandHandler<'proposeTraining'> = async (context, { dataset, backbone }) =>
  proposeRun(await planSources(context, dataset), backbone);

/** What a run would do and cost; every wrong setting at its key. */
export const planTraining: CommandHandler<'planTraining'> = async (context, { dataset, preset, config = {} }) =>
  planRun(await planSources(context, dataset), preset ?? presetOf(config), config);

function presetOf({ preset }: Readonly<Record<string, unknown>>): PresetName {
  return presetNames.find((name) => name === preset) ?? defaultPreset;
}
