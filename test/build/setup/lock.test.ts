import { existsSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { withLock } from '../../../build/setup/lock.ts';
import { runProcess } from '../../../build/setup/run-process.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('withLock', () => {
  it('lets one work at a time and tells who waits', async () => {
    const path = join(temporaryFolder(), 'a.lock');
    let inside = 0;
    let most = 0;
    let waits = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setTimeout(resolve, 30));
      inside--;
    };
    await Promise.all([1, 2, 3].map(() => withLock(path, work, () => waits++)));
    expect([most, waits]).toEqual([1, 2]);
  });

  it('is free again after work that failed', async () => {
    const path = join(temporaryFolder(), 'a.lock');
    await expect(withLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
  });

  it('takes over the lock of a process that has ended', async () => {
    const path = join(temporaryFolder(), 'a.lock');
    const ended = await runProcess(process.execPath, ['-p', 'process.pid']);
    await writeFile(path, `${ended.output.trim()} ${hostname()}`);
    expect(await withLock(path, async () => 'done')).toBe('done');
  });

  it('takes over a lock of another computer only when it is older than any setup', async () => {
    const path = join(temporaryFolder(), 'a.lock');
    await writeFile(path, `1 another-computer`);
    const hourAgo = new Date(Date.now() - 3_600_000);
    let waited = false;
    const done = withLock(
      path,
      async () => 'done',
      () => (waited = true),
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(waited).toBe(true);
    await utimes(path, hourAgo, hourAgo);
    expect(await done).toBe('done');
  });
});
