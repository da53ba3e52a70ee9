import { resolveConfig as resolve } from '../../settings/resolve-config.ts';
import type { CommandHandler } from './command-handler.ts';

export const resolveConfig: CommandHandler<'resolveConfig'> = async (_context, input) => resolve(input);
