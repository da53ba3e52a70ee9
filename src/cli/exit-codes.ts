/** What the shell is told. `interrupted` is 128 + SIGINT: a checkpoint was kept. */
export const exitCodes = { done: 0, failed: 1, wrongUse: 2, interrupted: 130 } as const;
