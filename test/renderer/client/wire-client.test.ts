import { describe, expect, it } from 'vitest';
import type { HostFeatures, Link } from '../../../renderer/client/client.ts';
import { WireClient, type Transport } from '../../../renderer/client/wire-client.ts';
import type { StoredEvent } from '../../../src/protocol/run-record.ts';
import type { FromHost, ToHost } from '../../../src/protocol/wire.ts';

/** A link that the test cuts and mends. */
class TestTransport implements Transport {
  readonly sent: ToHost[] = [];
  receive: (message: FromHost) => void = () => {};
  setState: (state: Link['state']) => void = () => {};
  reconnects = 0;
  send(message: ToHost): void {
    this.sent.push(message);
  }
  onMessage(listener: (message: FromHost) => void): void {
    this.receive = listener;
  }
  onState(listener: (state: Link['state']) => void): void {
    this.setState = listener;
  }
  reconnect(): void {
    this.reconnects++;
  }
  take(): ToHost[] {
    return this.sent.splice(0);
  }
}

function connected() {
  const transport = new TestTransport();
  const client = new WireClient(transport, {} as HostFeatures);
  transport.setState('up');
  return { transport, client };
}

const event = (seq: number): StoredEvent => ({
  seq,
  at: seq,
  superseded: false,
  event: { type: 'runPaused', runId: 'r', attempt: 1, step: seq },
});

describe('the client', () => {
  it('sends what was asked before the link was there, once it is', async () => {
    const transport = new TestTransport();
    const client = new WireClient(transport, {} as HostFeatures);
    const answer = client.call('listRuns', {});
    const pause = client.call('pauseRun', { run: 'r' });
    expect(transport.take()).toEqual([]);
    transport.setState('up');
    const [list, paused] = transport.take();
    expect(list).toMatchObject({ command: 'listRuns' });
    transport.receive({ type: 'result', id: list!.id, value: [] });
    transport.receive({ type: 'result', id: paused!.id, value: null });
    expect(await answer).toEqual([]);
    expect(await pause).toBeNull();
  });

  it('fails with the reason of the host', async () => {
    const { transport, client } = connected();
    const answer = client.call('showRun', { run: 'x' });
    const error = { code: 'engine.unknownRun', params: { run: 'x' }, kind: 'input' } as const;
    transport.receive({ type: 'failed', id: transport.take()[0]!.id, error });
    await expect(answer).rejects.toMatchObject(error);
  });

  it('tells progress, and cancels when the signal says so', async () => {
    const { transport, client } = connected();
    const abort = new AbortController();
    const told: number[] = [];
    const answer = client.call('setupRuntime', {}, { signal: abort.signal, progress: ({ done }) => told.push(done) });
    const { id } = transport.take()[0]!;
    transport.receive({ type: 'progress', id, progress: { phase: 'setup', done: 3, total: 9, secondsLeft: null } });
    abort.abort();
    expect(transport.take()).toEqual([{ type: 'cancel', id }]);
    transport.receive({ type: 'failed', id, error: { code: 'host.cancelled', params: {}, kind: 'input' } });
    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    expect(told).toEqual([3]);
  });
});

describe('after the link was lost', () => {
  it('repeats what only reads and fails what may have been done', async () => {
    const { transport, client } = connected();
    const read = client.call('showRun', { run: 'r' });
    const write = client.call('cancelRun', { run: 'r' });
    const [question] = transport.take();
    transport.setState('lost');
    await expect(write).rejects.toMatchObject({ code: 'link.lost' });
    await expect(client.call('pauseRun', { run: 'r' })).rejects.toMatchObject({ code: 'link.down' });
    transport.setState('up');
    expect(transport.take()).toEqual([question]);
    transport.receive({ type: 'result', id: question!.id, value: 'the record' });
    expect(await read).toBe('the record');
  });

  it('goes on with the event after the last one and drops those it has', () => {
    const { transport, client } = connected();
    const seen: number[] = [];
    client.subscribe({ runId: 'r', from: 0 }, (events) => seen.push(...events.map(({ seq }) => seq)));
    const { id } = transport.take()[0]!;
    transport.receive({ type: 'events', id, events: [event(1), event(2)] });
    transport.setState('lost');
    transport.setState('up');
    expect(transport.take()).toEqual([{ type: 'subscribe', id, runId: 'r', from: 3 }]);
    transport.receive({ type: 'events', id, events: [event(2), event(3), event(5)] });
    expect(seen).toEqual([1, 2, 3, 5]);
  });

  it('watches again and tells that every list may have changed', () => {
    const { transport, client } = connected();
    const told: string[] = [];
    const unwatch = client.watch(({ what }) => told.push(what));
    transport.take();
    transport.setState('lost');
    transport.setState('up');
    expect(transport.take()).toMatchObject([{ type: 'watch' }]);
    expect(told).toEqual(['runs', 'datasets', 'zoo']);
    unwatch();
    expect(transport.take()).toMatchObject([{ type: 'unsubscribe' }]);
    transport.setState('lost');
    transport.setState('up');
    expect(transport.take()).toEqual([]);
  });

  it('tells the state of the link and since when', () => {
    const { transport, client } = connected();
    const states: string[] = [];
    const end = client.onLink(({ state }) => states.push(state));
    transport.setState('lost');
    transport.setState('lost');
    transport.setState('up');
    end();
    transport.setState('lost');
    expect(states).toEqual(['up', 'lost', 'up']);
  });
});
