import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { formatsOf } from '../../../src/messages/ui/format.ts';
import type { RunRecord, StoredEvent } from '../../../src/protocol/run-record.ts';
import { openSocket } from '../../support/browser-page.ts';
import { makePictures } from '../../support/make-pictures.ts';
import { answer } from '../../support/port-window.ts';
import { expect } from '../fixtures.ts';
import { classes } from './trained-workspace.ts';

type EngineLine = Awaited<ReturnType<typeof engineLine>>;

/** The engine by a socket of its own with the session of a browser: to start things and to hear the truth. */
export async function engineLine(context: BrowserContext, port: number) {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const line = openSocket(port, { cookie, origin: `http://127.0.0.1:${port}` });
  await line.opened;
  let id = 0;
  return {
    call: async <T>(command: string, input: object): Promise<T> => {
      line.send({ type: 'call', id: ++id, command, input });
      const told = await line.got(answer(id));
      if (told.type === 'failed') throw new Error(`${command}: ${JSON.stringify(told.error)}`);
      return told.value as T;
    },
    /** Listens to a run from its first event on. */
    events: (runId: string): StoredEvent[] => {
      const own = ++id;
      const all: StoredEvent[] = [];
      line.send({ type: 'subscribe', id: own, runId, from: 0 });
      line.socket.on('message', () => {
        const told = line.received.flatMap((message) =>
          message.type === 'events' && message.id === own ? message.events : [],
        );
        all.splice(0, all.length, ...told);
      });
      return all;
    },
    close: () => line.socket.close(),
  };
}

/** Starts a training of `epochs` short epochs in each of three cycles. */
export async function startRun(line: EngineLine, folder: string, epochs: number): Promise<string> {
  await makePictures(join(folder, 'set'), { classes, perClass: 16, width: 40, height: 32, seed: 5, format: 'png' });
  const set = [`schedule.cycleEpochs=${epochs}`, 'schedule.numCycles=3', 'data.batchSize=8'];
  const input = { folder: join(folder, 'set'), preset: 'scratch', set, name: 'disturbed' };
  return (await line.call<{ runId: string }>('startRun', input)).runId;
}

export async function openRun(page: Page, runId: string): Promise<void> {
  await page.evaluate((to) => location.assign(`#/run/${to}`), runId);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('disturbed');
}

/** The first epoch has ended: checkpoints exist, and there is more to come. */
export async function isUnderWay(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toContainText(/epoch [1-9]\d*\/\d+/, { timeout: 90_000 });
}

/** Waits for the end, and compares what the view shows with what the engine holds. */
export async function showsTheTruth(page: Page, line: EngineLine, runId: string): Promise<RunRecord> {
  const main = page.getByRole('main');
  await expect(main).toContainText('Finished', { timeout: 110_000 });
  // The record of a run that ended meanwhile is there a moment before the events that led to its end.
  await expect(main).toContainText('cycle 3/3');
  const record = await line.call<RunRecord>('showRun', { run: runId });
  expect(record.state).toBe('finished');
  const { accuracy, n, low, high } = record.result!.ensemble;
  const format = formatsOf('en');
  const shown = (await main.innerText()).replaceAll(/\s+/g, ' ');
  const plain = (text: string): string => text.replaceAll(/\s+/g, ' ');
  expect(shown).toContain(plain(format.accuracy(accuracy)));
  expect(shown).toContain(plain(format.interval(low, high)));
  expect(shown).toContain(`of ${n} validation pictures`);
  await expect(main.locator('[data-snapshot]')).toHaveCount(record.snapshots.length);
  return record;
}

/** Process ids of the lanes that a server has started. */
export function lanesOf(serverPid: number): number[] {
  const children = execFileSync('pgrep', ['-P', String(serverPid)], { encoding: 'utf8' })
    .trim()
    .split('\n')
    .map(Number);
  return children.filter((pid) => /worker/.test(commandOf(pid)));
}

function commandOf(pid: number): string {
  return process.platform === 'linux'
    ? readFileSync(`/proc/${pid}/cmdline`, 'utf8')
    : execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
}
