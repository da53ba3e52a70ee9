import type { CommandHandler } from './command-handler.ts';

/** TEMPORARY within today's work: replaced command by command. */
export const pending: CommandHandler<never> = () => Promise.reject(new Error('command not built yet'));
