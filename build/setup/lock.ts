import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 500;
/** No setup takes this long: the process is of another computer (a shared home folder), or its number was given out again. */
const LONGEST_HOLD_MS = 30 * 60_000;
/** Between making the lock file and filling it. */
const EMPTY_LOCK_MS = 5_000;

/**
 * Runs `work` while holding the lock file `path`; other processes wait. A lock whose process has died is taken over,
 * so a killed setup blocks nobody. `onWait` is called once if there is a wait.
 */
export async function withLock<T>(path: string, work: () => Promise<T>, onWait?: () => void): Promise<T> {
  await mkdir(dirname(path), { recursive: true });
  let waited = false;
  while (!(await tryLock(path))) {
    if (!waited) onWait?.();
    waited = true;
    await sleep(POLL_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function tryLock(path: string): Promise<boolean> {
  try {
    await writeFile(path, `${process.pid} ${hostname()}`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  if (await isAbandoned(path)) {
    const grave = `${path}.${process.pid}.dead`;
    await rename(path, grave).catch(() => undefined);
    // Between the look and the rename another process may have taken it over: then what was moved is alive, and goes back.
    if (!(await isAbandoned(grave))) await link(grave, path).catch(() => undefined);
    await rm(grave, { force: true });
  }
  return false;
}

async function isAbandoned(path: string): Promise<boolean> {
  try {
    const ageMs = Date.now() - (await stat(path)).mtimeMs;
    const [pid, host] = (await readFile(path, 'utf8')).split(' ');
    if (ageMs > LONGEST_HOLD_MS) return true;
    if (!pid || !host) return ageMs > EMPTY_LOCK_MS;
    return host === hostname() && !isAlive(Number(pid));
  } catch {
    return false;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
