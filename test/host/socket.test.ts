import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StoredEvent } from '../../src/protocol/run-record.ts';
import { openStore, type Store } from '../../src/store/store.ts';
import { openPage, type openSocket } from '../support/browser-page.ts';
import { answer } from '../support/port-window.ts';
import { addRun, stepEvent, stored } from '../support/sample-records.ts';
import { servedEngine } from '../support/served-engine.ts';
import { tinyPictures, tinyTraining } from '../support/tiny-training.ts';

let host: Awaited<ReturnType<typeof servedEngine>>;
let page: Awaited<ReturnType<typeof openPage>>;
/** Another process of the same workspace would write this way. */
let store: Store;
const open: ReturnType<typeof openSocket>[] = [];

beforeAll(async () => {
  host = await servedEngine();
  page = await openPage(host.url);
  store = openStore(host.folders.workspace);
});
afterEach(() => open.splice(0).forEach(({ socket }) => socket.terminate()));
afterAll(async () => {
  store.close();
  await host.end();
});

async function connect() {
  const window = page.socket();
  open.push(window);
  await window.opened;
  return window;
}

const eventsOf = ({ received }: ReturnType<typeof openSocket>): StoredEvent[] =>
  received.flatMap((message) => (message.type === 'events' ? message.events : []));
const ended = (events: readonly StoredEvent[]) => events.some(({ event }) => event.type === 'runFinished');

describe('the socket', () => {
  it.each([
    ['no JSON', '{'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['a number', '1'],
    ['an object without number', '{"type":"watch"}'],
    ['a nest of a million brackets', '['.repeat(1_000_000)],
  ])('ends for a message that is %s', async (_, text) => {
    const window = await connect();
    window.socket.send(text);
    expect(await window.closed).toEqual({ code: 1008, reason: 'host.badMessage' });
  });

  it('ends for bytes instead of text, and for a message that is too large', async () => {
    const binary = await connect();
    binary.socket.send(Buffer.from('{"type":"watch","id":1}'));
    expect(await binary.closed).toMatchObject({ code: 1008 });

    const large = await connect();
    large.socket.on('error', () => undefined);
    large.socket.send('x'.repeat((42 << 20) + 1));
    expect((await large.closed).code).toBe(1009);
    expect((await page.get('/')).status).toBe(200);
  });

  it('answers a malformed message that has a number, and goes on', async () => {
    const window = await connect();
    for (const [id, message] of [
      { type: 'call', command: 'constructor', input: {} },
      { type: 'call', command: '__proto__', input: {} },
      { type: 'call', command: 'subscribe', input: {} },
      { type: 'call', command: 'listRuns' },
      { type: 'subscribe', runId: 7, from: 0 },
      { type: 'subscribe', runId: 'r', from: -1 },
      { type: 'subscribe', runId: 'r', from: '0' },
    ].entries()) {
      window.send({ id: id + 1, ...message });
      expect(await window.got(answer(id + 1)), JSON.stringify(message)).toMatchObject({ type: 'failed' });
    }
    window.send({ type: 'call', id: 99, command: 'listRuns', input: {} });
    expect(await window.got(answer(99))).toMatchObject({ type: 'result' });
  });

  it('lets no more windows in than anybody opens', async () => {
    const many = await Promise.all(Array.from({ length: 32 }, connect));
    const extra = page.socket();
    expect((await extra.closed).code).toBe(1013);
    many.forEach(({ socket }) => socket.close());
    await Promise.all(many.map(({ closed }) => closed));
    await vi.waitFor(async () => {
      const again = await connect();
      again.send({ type: 'call', id: 1, command: 'listRuns', input: {} });
      expect(await again.got(answer(1))).toMatchObject({ type: 'result' });
    });
  });

  it('loses steps only, for a page that does not read', async () => {
    await addRun(store, 'slow');
    const window = await connect();
    window.send({ type: 'subscribe', id: 1, runId: 'slow', from: 0 });
    window.send({ type: 'call', id: 2, command: 'listRuns', input: {} });
    await window.got(answer(2));
    window.socket.pause();
    const note = 'x'.repeat(2000);
    let seq = 0;
    const kept: number[] = [];
    // More than the buffers of both sides hold, and longer than a step waits.
    for (let round = 0; round < 8; round++) {
      const events = Array.from({ length: 1500 }, () => {
        seq++;
        if (seq % 2 !== 0) return { ...stored(seq, stepEvent(seq)) };
        kept.push(seq);
        return stored(seq, { type: 'diagnosticFound', step: seq, code: 'x', params: { note } });
      });
      store.events.append(
        'slow',
        events.map((one) => ({ ...one, event: { ...one.event, runId: 'slow' } })),
      );
      await new Promise((resolve) => setTimeout(resolve, 600));
    }
    await new Promise((resolve) => setTimeout(resolve, 2500));
    window.socket.resume();
    await vi.waitFor(() => expect(eventsOf(window).at(-1)?.seq).toBe(seq), { timeout: 30_000 });
    const got = eventsOf(window).map((event) => event.seq);
    expect(got).toEqual([...got].sort((a, b) => a - b));
    expect(new Set(got).size).toBe(got.length);
    expect(got.filter((one) => one % 2 === 0)).toEqual(kept);
    expect(got.length).toBeLessThan(seq);
  });

  it('shows two pages of one run the same, and one that was cut gets the rest once', async () => {
    const folder = await tinyPictures(join(host.folders.pictures, 'run'));
    const [first, second] = [await connect(), await connect()];
    first.send({ type: 'call', id: 1, command: 'startRun', input: { folder, ...tinyTraining(2, 2) } });
    const started = (await first.got(answer(1))) as { value: { runId: string } };
    const { runId } = started.value;
    for (const window of [first, second]) window.send({ type: 'subscribe', id: 2, runId, from: 0 });
    await vi.waitFor(() => expect(eventsOf(second).length).toBeGreaterThan(4), { timeout: 60_000 });
    second.socket.terminate();
    const before = eventsOf(second);

    const third = await connect();
    third.send({ type: 'subscribe', id: 7, runId, from: before.at(-1)!.seq + 1 });
    await vi.waitFor(() => expect(ended(eventsOf(first)) && ended(eventsOf(third))).toBe(true), { timeout: 100_000 });
    const all = eventsOf(first);
    expect(all.map(({ seq }) => seq)).toEqual(all.map((_, i) => i + 1));
    expect([...before, ...eventsOf(third)]).toEqual(all);
    third.send({ type: 'call', id: 8, command: 'showRun', input: { run: runId } });
    expect(await third.got(answer(8))).toMatchObject({ value: { state: 'finished', seq: all.at(-1)!.seq } });
  });
});
