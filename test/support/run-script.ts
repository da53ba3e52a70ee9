import { spawn, type ChildProcess } from 'node:child_process';
import { resolve } from 'node:path';
import { obeying } from './permissions.ts';

export const repository = resolve(import.meta.dirname, '../..');

export interface ScriptEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Script {
  readonly child: ChildProcess;
  readonly end: Promise<ScriptEnd>;
  /** Resolves when stdout and stderr together have held the text; rejects when the process ends before. */
  saw(text: string): Promise<void>;
}

/**
 * Starts a TypeScript file of ours as a process of its own; one that still runs after `seconds` is killed. With `obeys`,
 * permissions hold for it even where root runs the tests. `checkout`: the folder that it is a file of.
 */
export function startScript(
  file: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; obeys?: boolean; seconds?: number; checkout?: string } = {},
): Script {
  const { env, obeys = false, seconds = 120, checkout = repository } = options;
  const command = [process.execPath, '--import', 'tsx', resolve(checkout, file), ...args];
  const [program, ...rest] = obeys ? [...obeying, ...command] : command;
  const child = spawn(program!, rest, {
    cwd: checkout,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), seconds * 1000);
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  const hear = (): void => waiting.forEach((check) => check());
  child.stdout.on('data', (chunk: Buffer) => ((stdout += chunk.toString('utf8')), hear()));
  child.stderr.on('data', (chunk: Buffer) => ((stderr += chunk.toString('utf8')), hear()));
  const end = new Promise<ScriptEnd>((done) =>
    child.once('close', (code, signal) => {
      clearTimeout(timer);
      done({ code, signal, stdout, stderr });
    }),
  );
  const saw = (text: string): Promise<void> =>
    new Promise((done, reject) => {
      const check = (): void => {
        if (!(stdout + stderr).includes(text)) return;
        waiting.delete(check);
        done();
      };
      waiting.add(check);
      void end.then(() => reject(new Error(`ended without "${text}":\n${stdout}\n${stderr}`)));
      check();
    });
  return { child, end, saw };
}

export function runScript(...args: Parameters<typeof startScript>): Promise<ScriptEnd> {
  return startScript(...args).end;
}
