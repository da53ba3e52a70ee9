import { spawn } from 'node:child_process';

export interface ProcessResult {
  /** Null when the program could not be started or was killed. */
  readonly code: number | null;
  /** stdout and stderr together. */
  readonly output: string;
}

/** Runs a program to its end; never throws. A program that is not there gives `code: null` and the reason as output. */
export function runProcess(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv; showOutput?: boolean } = {},
): Promise<ProcessResult> {
  return new Promise((resolve) => {
    // Whatever is shown goes to stderr: stdout belongs to results.
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: options.showOutput ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.once('error', (error) => resolve({ code: null, output: error.message }));
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The last lines of a program's output that say something, on one line. */
export function lastLines(output: string, count = 2): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.slice(-count).join(' / ').slice(0, 400);
}
