import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';

import type { RunEvent } from '../../src/protocol/run-event.ts';
import type { StoredEvent } from '../../src/protocol/run-record.ts';
import { cleanUpShells, eventually, loadPage, newestWindow, startShell } from '../support/electron-shell.ts';
import { app, state } from '../support/electron-stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyPictures, tinyTraining } from '../support/tiny-training.ts';
import { bridgeClient, type WindowClient } from '../support/window-client.ts';

vi.mock('electron', () => import('../support/electron-stand-in.ts'));
cleanUpShells();

/** Long enough for what a test does meanwhile, many cycles with a checkpoint each. */
const longTraining = tinyTraining(40, 1);

async function startRun(client: WindowClient, training = longTraining) {
  const folder = await tinyPictures(join(temporaryFolder(), 'pictures'));
  const { runId } = await client.call('startRun', { folder, ...training });
  return runId;
}

function follow(client: WindowClient, runId: string, from = 0) {
  const events: StoredEvent[] = [];
  client.subscribe({ runId, from }, (batch) => events.push(...batch));
  const has = (type: RunEvent['type']): boolean => events.some(({ event }) => event.type === type);
  return { events, has, until: (type: RunEvent['type']) => eventually(() => expect(has(type)).toBe(true)) };
}

describe('closing the window while a run works', () => {
  it('lets it work on; a window opened again shows the true state', async () => {
    const application = await startShell();
    const first = bridgeClient(await loadPage());
    const runId = await startRun(first);
    const before = follow(first, runId);
    await before.until('snapshotSaved');
    await eventually(() => expect(newestWindow().progress[0]).toBeGreaterThan(0));
    newestWindow().close();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(state.exitCode).toBeNull();
    const goesOn = 'Training goes on. Open Anneal again to see it.';
    expect(state.notifications.map(({ body }) => body)).toEqual([goesOn]);

    application.showWindow();
    const second = bridgeClient(await loadPage());
    const record = await second.call('showRun', { run: runId });
    expect(record.state).toBe('running');
    expect(record.snapshots.length).toBeGreaterThan(0);
    const after = follow(second, runId, record.seq + 1);
    await after.until('stepEnded');
    expect(after.events[0]!.seq).toBe(record.seq + 1);
    expect(record.seq).toBeGreaterThan(before.events.at(-1)!.seq - 1);
    // The new window's taskbar shows it at once.
    expect(newestWindow().progress[0]).toBeGreaterThan(0);
    await second.call('cancelRun', { run: runId });
    await eventually(() => expect(newestWindow().progress[0]).toBe(-1));
  });

  it('tells the end by a notification, whose click brings the window back', async () => {
    await startShell();
    const client = bridgeClient(await loadPage());
    const runId = await startRun(client, tinyTraining(2, 1));
    newestWindow().close();
    const isEnd = ({ body }: { body: string }): boolean => /^run 1 finished: \d+\.\d\u202f%$/.test(body);
    await eventually(() => expect(state.notifications.filter(isEnd)).toHaveLength(1));
    expect(state.exitCode).toBeNull();
    state.notifications.find(isEnd)!.click();
    const again = bridgeClient(await loadPage());
    expect((await again.call('showRun', { run: runId })).state).toBe('finished');
  });
});

describe('quitting while a run works', () => {
  it('stops it behind a checkpoint, and the next start can resume it', async () => {
    const workspace = temporaryFolder();
    await startShell({ workspace });
    const client = bridgeClient(await loadPage());
    const runId = await startRun(client);
    await follow(client, runId).until('snapshotSaved');
    app.quit();
    await eventually(() => expect(state.exitCode).toBe(0));
    expect(state.utilities[0]!.child.exitCode).toBe(0);

    state.exitCode = null;
    app.removeAllListeners();
    await startShell({ workspace });
    const next = bridgeClient(await loadPage());
    expect((await next.call('showRun', { run: runId })).state).toBe('interrupted');
    await next.call('resumeRun', { run: runId });
    const resumed = follow(next, runId);
    await eventually(() =>
      expect(resumed.events.some(({ event }) => event.type === 'runStarted' && (event.resumedFromStep ?? 0) > 0)).toBe(
        true,
      ),
    );
    await next.call('cancelRun', { run: runId });
  });
});

describe('a dead engine host', () => {
  it('comes back and goes on with the run from its checkpoint, in the eyes of the same page', async () => {
    await startShell();
    const client = bridgeClient(await loadPage());
    const runId = await startRun(client);
    const run = follow(client, runId);
    await run.until('checkpointSaved');
    await eventually(() => expect(newestWindow().progress[0]).toBeGreaterThan(0));
    state.utilities[0]!.child.kill('SIGKILL');
    await run.until('runInterrupted');
    await eventually(() =>
      expect(run.events.filter(({ event }) => event.type === 'runStarted').length).toBeGreaterThan(1),
    );
    const [, resumed] = run.events.filter(({ event }) => event.type === 'runStarted');
    expect((resumed!.event as Extract<RunEvent, { type: 'runStarted' }>).resumedFromStep).toBeGreaterThan(0);
    const numbers = run.events.map(({ seq }) => seq);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    await client.call('cancelRun', { run: runId });
  });
});
