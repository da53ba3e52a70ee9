import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..', '..');

/** A running `anneal serve`. */
export interface AnnealServer {
  /** With its token: good for one browser context. */
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** What it said on stderr. */
  log(): string;
  /** As Ctrl-C; resolves when it has ended. */
  stop(): Promise<void>;
}

/** Starts the command line as a process of its own; throws with its words when it does not serve. */
export async function startServer(
  workspace: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Promise<AnnealServer> {
  const main = join(root, 'src', 'cli', 'main.ts');
  const command = ['--import', 'tsx', main, 'serve', '--json', '--port', '0', '--workspace', workspace, ...args];
  const child = spawn(process.execPath, command, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'close');
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), ended.then(() => null)]);
  if (first === null) throw new Error(`anneal serve ended: ${errors}`);
  const said = JSON.parse(String(first[0])) as { type: string; url: string; port: number };
  if (said.type !== 'serving') throw new Error(`anneal serve said ${String(first[0])}`);
  return {
    url: said.url,
    port: said.port,
    process: child,
    log: () => errors,
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const timer = setTimeout(() => child.kill('SIGKILL'), 30_000);
      child.kill('SIGINT');
      await ended;
      clearTimeout(timer);
    },
  };
}
