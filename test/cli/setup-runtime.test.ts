import { expect, it } from 'vitest';
import { setupRuntime } from '../../src/cli/setup-runtime.ts';
import type { Progress } from '../../src/protocol/lane-job.ts';

it('makes nothing where everything is ready, and tells steps only of what it does', async () => {
  const told: Progress[] = [];
  await setupRuntime((progress) => told.push(progress), new AbortController().signal);
  for (const { phase, done, total, doing } of told) {
    expect(phase).toBe('setup');
    expect(done).toBeLessThan(total);
    expect(doing).toBeDefined();
  }
});

it('ends its process when it is given up', async () => {
  const abort = new AbortController();
  const work = setupRuntime(() => undefined, abort.signal);
  abort.abort();
  await expect(work).rejects.toMatchObject({ name: 'LaneStopped' });
});
