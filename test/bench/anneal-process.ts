import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** One line of `anneal --json`. */
export type JsonLine = { readonly type: string } & Record<string, unknown>;

/** Runs `anneal` in a process of its own with --json; resolves to all its lines. Throws when it fails. */
export async function anneal(
  args: readonly string[],
  onLine?: (line: JsonLine) => void,
  onStart?: (pid: number) => void,
): Promise<JsonLine[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args, '--json'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (child.pid !== undefined) onStart?.(child.pid);
  const lines: JsonLine[] = [];
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString()).slice(-4000)));
  const ended = new Promise<number | null>((done) => child.once('close', done));
  for await (const text of createInterface({ input: child.stdout })) {
    const line = JSON.parse(text) as JsonLine;
    lines.push(line);
    onLine?.(line);
  }
  const code = await ended;
  if (code !== 0)
    throw new Error(`anneal ${args.join(' ')} ended with ${code}: ${JSON.stringify(lines.at(-1))} ${stderr}`);
  return lines;
}

/** The result line of a command. */
export function resultOf<T>(lines: readonly JsonLine[]): T {
  const result = lines.findLast((line) => line.type === 'result');
  if (!result) throw new Error('no result line');
  return result as unknown as T;
}
