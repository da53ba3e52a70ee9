import { createProgram } from './program.ts';

// Ends every path without a stack trace; commands set `process.exitCode` themselves.
process.on('uncaughtException', (error) => void crash(error));
process.on('unhandledRejection', (error) => void crash(error));

async function crash(error: unknown): Promise<never> {
  const [{ createOutput }, { fail }] = await Promise.all([import('./output.ts'), import('./session.ts')]);
  process.exit(fail(createOutput(process.argv.includes('--json')), error));
}

await createProgram().parseAsync(process.argv);
