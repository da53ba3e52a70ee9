/** TEMPORARY within today's work: replaced command by command. */
export const pending = (): Promise<never> => Promise.reject(new Error('command not built yet'));
