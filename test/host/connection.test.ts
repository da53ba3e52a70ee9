import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AnnealError } from '../../src/base/errors.ts';
import { createEngine, type Engine } from '../../src/engine/create-engine.ts';
import { serveConnection } from '../../src/host/connection.ts';
import type { StoredEvent } from '../../src/protocol/run-record.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { answer, portWindow } from '../support/port-window.ts';
import { addRun, stepEvent, stored } from '../support/sample-records.ts';
import { tinyPictures } from '../support/tiny-training.ts';

let memory: string;
let engine: Engine;
/** Another process of the same workspace would write this way. */
let store: Store;
let windows: ReturnType<typeof portWindow>[] = [];

beforeEach(() => {
  memory = mkdtempSync(join(tmpdir(), 'anneal-host-'));
  engine = createEngine({ workspace: join(memory, 'workspace') });
  store = openStore(join(memory, 'workspace'));
});
afterEach(async () => {
  windows.forEach((window) => window.close());
  windows = [];
  store.close();
  await engine.close();
  rmSync(memory, { recursive: true, force: true });
});

function open(...options: [Parameters<typeof serveConnection>[2]?]) {
  const window = portWindow();
  windows.push(window);
  serveConnection(window.channel, engine, ...options);
  return window;
}

const eventsOf = (window: ReturnType<typeof portWindow>, id: number): StoredEvent[] =>
  window.received.flatMap((message) => (message.type === 'events' && message.id === id ? message.events : []));

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

describe('a connection', () => {
  it('answers a call with its result, its progress on the way, and its error in codes', async () => {
    const folder = await tinyPictures(join(memory, 'pictures'));
    const window = open();
    window.send({ type: 'call', id: 1, command: 'listRuns', input: {} });
    window.send({ type: 'call', id: 2, command: 'inspect', input: { folder } });
    window.send({ type: 'call', id: 3, command: 'showRun', input: { run: 'none' } });
    window.send({ type: 'call', id: 4, command: 'showRun', input: { run: 7 } });
    expect(await window.got(answer(1))).toEqual({ type: 'result', id: 1, value: [] });
    expect(await window.got(answer(2))).toMatchObject({ type: 'result', value: { classes: ['blue', 'red'] } });
    expect(await window.got(answer(3))).toMatchObject({ type: 'failed', error: { code: 'store.unknownRun' } });
    expect(await window.got(answer(4))).toMatchObject({ type: 'failed', error: { code: 'engine.badInput' } });
    expect(window.received.some((message) => message.type === 'progress' && message.id === 2)).toBe(true);
  });

  it('stops a call that is cancelled, and says so', async () => {
    const folder = await tinyPictures(join(memory, 'pictures'), 60);
    const window = open();
    window.send({ type: 'call', id: 1, command: 'inspect', input: { folder } });
    window.send({ type: 'cancel', id: 1 });
    expect(await window.got(answer(1))).toMatchObject({ type: 'failed', error: { code: 'host.cancelled' } });
  });

  it('hands every call to the guard, which changes or refuses its input', async () => {
    const admit = (command: string, input: unknown): Promise<unknown> =>
      command === 'listRuns'
        ? Promise.reject(new AnnealError('engine.closed'))
        : Promise.resolve({ ...(input as object), run: 'guarded' });
    const window = open({ admit });
    window.send({ type: 'call', id: 1, command: 'listRuns', input: {} });
    window.send({ type: 'call', id: 2, command: 'showRun', input: { run: 'mine' } });
    expect(await window.got(answer(1))).toMatchObject({ error: { code: 'engine.closed' } });
    expect(await window.got(answer(2))).toMatchObject({ error: { params: { received: 'guarded' } } });
  });

  it.each([
    ['with a number, by an answer', { type: 'call', id: 9, command: 'formatDisk', input: {} }, null],
    ['with more than belongs in it, by an answer', { type: 'watch', id: 9, more: 1 }, null],
    ['of no known type, by an answer', { type: '__proto__', id: 9 }, null],
    ['without a number, by ending', { type: 'watch' }, 'host.badMessage'],
    ['that is no object, by ending', 'hello', 'host.badMessage'],
    ['with a number below one, by ending', { type: 'watch', id: 0 }, 'host.badMessage'],
  ])('refuses a message %s', async (_, message, end) => {
    const window = open();
    window.send(message);
    if (end === null)
      expect(await window.got(answer(9))).toMatchObject({ type: 'failed', error: { code: 'host.badMessage' } });
    else await vi.waitFor(() => expect(window.closedWith()).toBe(end));
  });

  it('ends when a number is used twice at a time, and refuses too many open questions', async () => {
    const twice = open();
    twice.send({ type: 'subscribe', id: 1, runId: 'r', from: 0 });
    twice.send({ type: 'subscribe', id: 1, runId: 'r', from: 0 });
    await vi.waitFor(() => expect(twice.closedWith()).toBe('host.badMessage'));

    const many = open();
    for (let id = 1; id <= 257; id++) many.send({ type: 'subscribe', id, runId: 'r', from: 0 });
    expect(await many.got(answer(257))).toMatchObject({ error: { code: 'host.tooManyCalls' } });
  });
});

describe('a subscription', () => {
  it('tells what is stored and what follows in batches, in order and once, from where it was asked', async () => {
    await addRun(store, 'r');
    store.events.append(
      'r',
      Array.from({ length: 1200 }, (_, i) => stored(i + 1, stepEvent(i + 1))),
    );
    const [first, second] = [open(), open()];
    first.send({ type: 'subscribe', id: 1, runId: 'r', from: 0 });
    second.send({ type: 'subscribe', id: 5, runId: 'r', from: 1001 });
    await vi.waitFor(() => expect(eventsOf(first, 1)).toHaveLength(1200));
    expect(first.received.filter(({ type }) => type === 'events').length).toBeLessThan(6);
    store.events.append('r', [stored(1201, { type: 'runPaused', step: 1200 }), stored(1202, stepEvent(1201))]);
    await vi.waitFor(() => expect(eventsOf(first, 1)).toHaveLength(1202));
    expect(eventsOf(first, 1).map(({ seq }) => seq)).toEqual(Array.from({ length: 1202 }, (_, i) => i + 1));
    await vi.waitFor(() => expect(eventsOf(second, 5)).toEqual(eventsOf(first, 1).slice(1000)));
  });

  it('leaves out old steps, and nothing else, for a window that is slow', async () => {
    await addRun(store, 'r');
    const window = open();
    window.holdBack(true);
    window.send({ type: 'subscribe', id: 1, runId: 'r', from: 0 });
    const all = Array.from({ length: 600 }, (_, i) =>
      stored(i + 1, (i + 1) % 100 === 0 ? { type: 'checkpointSaved', step: i, epoch: i } : stepEvent(i + 1)),
    );
    store.events.append('r', all);
    await pause(3000);
    expect(eventsOf(window, 1)).toEqual([]);
    window.holdBack(false);
    await vi.waitFor(() => expect(eventsOf(window, 1).length).toBeGreaterThan(0));
    expect(eventsOf(window, 1).map(({ seq }) => seq)).toEqual([100, 200, 300, 400, 500, 599, 600]);
    store.events.append('r', [stored(601, stepEvent(601))]);
    await vi.waitFor(() => expect(eventsOf(window, 1).at(-1)).toMatchObject({ seq: 601 }));
  });

  it('ends with unsubscribe and with its channel', async () => {
    await addRun(store, 'r');
    const window = open();
    window.send({ type: 'subscribe', id: 1, runId: 'r', from: 0 });
    window.send({ type: 'unsubscribe', id: 1 });
    window.send({ type: 'subscribe', id: 2, runId: 'r', from: 0 });
    store.events.append('r', [stored(1, stepEvent(1))]);
    await vi.waitFor(() => expect(eventsOf(window, 2)).toHaveLength(1));
    expect(eventsOf(window, 1)).toEqual([]);
    window.close();
    await pause(50);
    store.events.append('r', [stored(2, stepEvent(2))]);
    await pause(700);
    expect(eventsOf(window, 2)).toHaveLength(1);
  });
});
