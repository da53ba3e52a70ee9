import { runScript, startScript, type Script, type ScriptEnd } from './run-script.ts';

type Options = Parameters<typeof startScript>[2];

/** The command line as a process of its own. */
export function anneal(args: readonly string[], options: Options = {}): Promise<ScriptEnd> {
  return runScript('src/cli/main.ts', args, options);
}

export function startAnneal(args: readonly string[], options: Options = {}): Script {
  return startScript('src/cli/main.ts', args, options);
}

/** The objects of a --json run; throws when a line of stdout is none. */
export function jsonLines(end: ScriptEnd): Record<string, unknown>[] {
  return end.stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** No line of a stack trace in what a person or a program reads. */
export function hasStackTrace({ stdout, stderr }: ScriptEnd): boolean {
  return /^\s+at .+:\d+:\d+\)?$/m.test(stdout + stderr) || /node:internal/.test(stdout + stderr);
}
