import { describe, expect, it, vi } from 'vitest';
import type { AnnealClient } from '../../../renderer/client/client.ts';
import { RunState } from '../../../renderer/state/run-state.svelte.ts';
import type { StoredEvent } from '../../../src/protocol/run-record.ts';
import { EventBook, recordAt } from './run-events.ts';

/** A host that keeps events and tells them when asked; `link` cuts and mends are the client's business. */
function hostOf(book: EventBook) {
  const listeners = new Set<(events: readonly StoredEvent[]) => void>();
  const asked: number[] = [];
  const client: Pick<AnnealClient, 'call' | 'subscribe' | 'watch'> = {
    call: (async () => recordAt(book.events.length, 'running')) as AnnealClient['call'],
    subscribe: ({ from }, listener) => {
      asked.push(from);
      listeners.add(listener);
      listener(book.events.filter(({ seq }) => seq >= from));
      return () => listeners.delete(listener);
    },
    watch: () => () => {},
  };
  const tell = (event: StoredEvent): void => listeners.forEach((listener) => listener([event]));
  return { client: client as AnnealClient, tell, asked, listeners };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 250));

describe('a run in the window', () => {
  it('shows the replay and what follows, painted at most ten times a second', async () => {
    const book = new EventBook();
    book.start(1000);
    for (let step = 1; step <= 100; step++) book.step(step);
    const host = hostOf(book);
    const state = new RunState(host.client, 'r');
    const release = state.hold();
    await settled();
    expect(state.ready).toBe(true);
    expect(state.facts.steps.step).toHaveLength(100);

    const seen = new Set<unknown>();
    for (let step = 101; step <= 150; step++) {
      host.tell(book.step(step));
      seen.add(state.facts);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(seen.size).toBeLessThanOrEqual(8);
    await settled();
    expect(state.facts.steps.step).toHaveLength(150);
    release();
  });

  it('is followed once however many hold it, and goes on from where it stopped', async () => {
    vi.useFakeTimers();
    const book = new EventBook();
    book.start(100);
    const host = hostOf(book);
    const state = new RunState(host.client, 'r');
    const first = state.hold();
    const second = state.hold();
    expect(host.listeners.size).toBe(1);
    first();
    first();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(host.listeners.size).toBe(1);
    second();
    await vi.advanceTimersByTimeAsync(30_000);
    expect(host.listeners.size).toBe(0);
    state.hold()();
    expect(host.asked).toEqual([1, 2]);
    vi.useRealTimers();
  });
});
