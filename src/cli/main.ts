import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';

// Ends every path without a stack trace; commands set `process.exitCode` themselves.
process.on('uncaughtException', (error) => void crash(error));
process.on('unhandledRejection', (error) => void crash(error));

async function crash(error: unknown): Promise<never> {
  const [{ createOutput }, { fail }] = await Promise.all([import('./output.ts'), import('./session.ts')]);
  process.exit(fail(createOutput(process.argv.includes('--json')), error));
}

try {
  await createProgram().parseAsync(process.argv);
} catch (error) {
  // Help and version end this way too, with 0; what is wrong has been said.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUse;
  else await crash(error);
}
