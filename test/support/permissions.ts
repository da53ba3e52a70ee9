import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import { onTestFinished } from 'vitest';

/**
 * What comes before a command so that permissions hold for it. Root passes over them, and another user cannot be relied on to read
 * these sources (a home folder may be closed); so root runs the command as itself without the two powers that pass them over.
 */
export const obeying: readonly string[] =
  process.getuid?.() === 0
    ? ['setpriv', ...['--bounding-set', '--inh-caps'].map((powers) => `${powers}=-dac_override,-dac_read_search`), '--']
    : [];

const reason = reasonAgainst();

/** Whether permissions cannot be tried here, and what the name of a test that is skipped for that ends with. */
export const permissions = { untried: reason !== null, reason: reason === null ? '' : ` (${reason})` };

function reasonAgainst(): string | null {
  if (process.platform === 'win32') return 'folders have no modes on Windows';
  const [program, ...args] = [...obeying, 'test', '-r', import.meta.filename];
  const { error, status } = spawnSync(program!, args);
  if (error) return 'root needs setpriv of util-linux';
  return status === 0 ? null : 'these sources belong to another user';
}

/** Sets a mode until the test has ended, so that its folder can be removed then. */
export function setMode(path: string, mode: number): void {
  chmodSync(path, mode);
  onTestFinished(() => chmodSync(path, 0o700));
}
