import * as v from 'valibot';
import { AnnealError } from '../base/errors.ts';
import { toFailure } from '../base/failure.ts';
import type { CallHooks, CommandName, EngineApi } from '../protocol/engine-api.ts';
import { toHostSchema, type FromHost, type ToHost } from '../protocol/wire.ts';
import type { Channel } from './channel.ts';
import { EventSender } from './event-sender.ts';

export interface ConnectionOptions {
  /** Looks at a command's input before the engine sees it, and gives what the engine shall see. @throws to refuse the call */
  readonly admit?: (command: CommandName, input: unknown) => Promise<unknown>;
}

/** Calls and subscriptions that one window may have open at a time. */
const openLimit = 256;

/**
 * Serves one window until its channel closes: calls with progress and cancel, the events of runs, changes of the lists. What a
 * window had open ends with its channel; a run that it started goes on.
 */
export function serveConnection(channel: Channel, engine: EngineApi, options: ConnectionOptions = {}): void {
  // Both by the window's number for it.
  const calls = new Map<number, AbortController>();
  const streams = new Map<number, () => void>();
  let closed = false;

  const send = (message: FromHost): void => {
    if (!closed) channel.send(message);
  };
  const refuse = (reason: string): void => {
    if (!closed) channel.close(reason);
  };
  const fail = (id: number, error: unknown): void => send({ type: 'failed', id, error: toFailure(error) });
  const inUse = (id: number): boolean => calls.has(id) || streams.has(id);
  const endStream = (id: number): void => {
    streams.get(id)?.();
    streams.delete(id);
  };

  const call = async ({ id, command, input }: Extract<ToHost, { type: 'call' }>): Promise<void> => {
    const abort = new AbortController();
    calls.set(id, abort);
    const hooks: CallHooks = {
      signal: abort.signal,
      progress: (progress) => {
        if (calls.get(id) === abort) send({ type: 'progress', id, progress });
      },
    };
    try {
      const admitted = options.admit ? await options.admit(command, input) : input;
      const run = engine[command] as (input: unknown, hooks: CallHooks) => Promise<unknown>;
      const value = await run(admitted, hooks);
      calls.delete(id);
      send({ type: 'result', id, value });
    } catch (error) {
      calls.delete(id);
      // However a use case ends when it is told to stop, the window asked for it.
      fail(id, abort.signal.aborted ? new AnnealError('host.cancelled') : error);
    }
  };

  const subscribe = ({ id, runId, from }: Extract<ToHost, { type: 'subscribe' }>): void => {
    const sender = new EventSender({
      bufferedBytes: () => channel.bufferedBytes?.() ?? 0,
      send: (events) => send({ type: 'events', id, events }),
      onStuck: () => refuse('host.tooSlow'),
    });
    const unsubscribe = engine.subscribe({ runId, from }, (event) => sender.add(event));
    streams.set(id, () => {
      unsubscribe();
      sender.end();
    });
  };

  const begin = (message: Exclude<ToHost, { type: 'cancel' | 'unsubscribe' }>): void => {
    const { id } = message;
    // Answering a number that is in use would answer the wrong question.
    if (inUse(id)) return refuse('host.badMessage');
    if (calls.size + streams.size >= openLimit) {
      return fail(id, new AnnealError('host.tooManyCalls', { limit: openLimit }));
    }
    try {
      if (message.type === 'call') void call(message);
      else if (message.type === 'subscribe') subscribe(message);
      else {
        const end = engine.watch((change) => send({ type: 'changed', id, change }));
        streams.set(id, end);
      }
    } catch (error) {
      fail(id, error);
    }
  };

  channel.onMessage((raw) => {
    if (closed) return;
    const parsed = v.safeParse(toHostSchema, raw);
    if (!parsed.success) {
      const id = idOf(raw);
      if (id === null || inUse(id)) return refuse('host.badMessage');
      return fail(id, new AnnealError('host.badMessage', { detail: parsed.issues[0].message }));
    }
    const message = parsed.output;
    // The answer to a cancelled call comes when its use case has ended. What has ended already needs nothing.
    if (message.type === 'cancel') calls.get(message.id)?.abort();
    else if (message.type === 'unsubscribe') endStream(message.id);
    else begin(message);
  });
  channel.onClose(() => {
    closed = true;
    for (const abort of calls.values()) abort.abort();
    for (const id of [...streams.keys()]) endStream(id);
  });
}

/** The number that an answer to a malformed message can carry. */
function idOf(message: unknown): number | null {
  const id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null;
  return typeof id === 'number' && Number.isSafeInteger(id) && id >= 1 ? id : null;
}
