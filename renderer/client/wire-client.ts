import { AnnealError } from '../../src/base/errors.ts';
import { fromFailure } from '../../src/base/failure.ts';
import type { Unsubscribe } from '../../src/protocol/bridge.ts';
import type {
  CallHooks,
  CommandInput,
  CommandName,
  CommandResults,
  WorkspaceChange,
} from '../../src/protocol/engine-api.ts';
import type { StoredEvent } from '../../src/protocol/run-record.ts';
import type { FromHost, ToHost } from '../../src/protocol/wire.ts';
import type { AnnealClient, HostFeatures, Link } from './client.ts';
import { onlyReads } from './reading-commands.ts';

/** A way for messages to the host that can be lost and come back. */
export interface Transport {
  /** Only while 'up'. */
  send(message: ToHost): void;
  onMessage(listener: (message: FromHost) => void): void;
  /** At 'up' the host knows nothing of what was sent before. */
  onState(listener: (state: Link['state'], refused?: boolean) => void): void;
  reconnect(): void;
}

interface PendingCall {
  readonly message: Extract<ToHost, { type: 'call' }>;
  readonly hooks: CallHooks;
  readonly resolve: (value: never) => void;
  readonly reject: (error: unknown) => void;
}

interface Subscription {
  readonly runId: string;
  /** The next event wanted. */
  from: number;
  readonly listener: (events: readonly StoredEvent[]) => void;
}

/** The client over any transport: numbers the messages, and brings everything back after the link was lost. */
export class WireClient implements AnnealClient {
  readonly host: HostFeatures;
  readonly #transport: Transport;
  readonly #calls = new Map<number, PendingCall>();
  readonly #subscriptions = new Map<number, Subscription>();
  readonly #watchers = new Map<number, (change: WorkspaceChange) => void>();
  readonly #linkListeners = new Set<(link: Link) => void>();
  #link: Link = { state: 'connecting', since: Date.now() };
  #nextId = 1;

  constructor(transport: Transport, host: HostFeatures) {
    this.#transport = transport;
    this.host = host;
    transport.onMessage((message) => this.#receive(message));
    transport.onState((state, refused = false) => this.#setState(state, refused));
  }

  call<C extends CommandName>(command: C, input: CommandInput<C>, hooks: CallHooks = {}): Promise<CommandResults[C]> {
    return new Promise((resolve, reject) => {
      if (hooks.signal?.aborted) return reject(hooks.signal.reason);
      if (this.#link.state === 'lost' && !onlyReads(command)) return reject(new AnnealError('link.down'));
      const id = this.#nextId++;
      const message = { type: 'call', id, command, input } as const;
      this.#calls.set(id, { message, hooks, resolve, reject });
      hooks.signal?.addEventListener('abort', () => this.#abort(id), { once: true });
      this.#send(message);
    });
  }

  subscribe(
    { runId, from }: { readonly runId: string; readonly from: number },
    listener: (events: readonly StoredEvent[]) => void,
  ): Unsubscribe {
    const id = this.#nextId++;
    this.#subscriptions.set(id, { runId, from, listener });
    this.#send({ type: 'subscribe', id, runId, from });
    return () => this.#endStream(id);
  }

  watch(listener: (change: WorkspaceChange) => void): Unsubscribe {
    const id = this.#nextId++;
    this.#watchers.set(id, listener);
    this.#send({ type: 'watch', id });
    return () => this.#endStream(id);
  }

  onLink(listener: (link: Link) => void): Unsubscribe {
    this.#linkListeners.add(listener);
    listener(this.#link);
    return () => this.#linkListeners.delete(listener);
  }

  reconnect(): void {
    this.#transport.reconnect();
  }

  #send(message: ToHost): void {
    if (this.#link.state === 'up') this.#transport.send(message);
  }

  #abort(id: number): void {
    const call = this.#calls.get(id);
    if (!call) return;
    if (this.#link.state === 'up') return this.#transport.send({ type: 'cancel', id });
    this.#calls.delete(id);
    call.reject(call.hooks.signal!.reason);
  }

  #endStream(id: number): void {
    const removed = this.#subscriptions.delete(id) || this.#watchers.delete(id);
    if (removed) this.#send({ type: 'unsubscribe', id });
  }

  #receive(message: FromHost): void {
    switch (message.type) {
      case 'result':
        this.#take(message.id)?.resolve(message.value as never);
        break;
      case 'failed':
        this.#fail(message.id, fromFailure(message.error));
        break;
      case 'progress':
        this.#calls.get(message.id)?.hooks.progress?.(message.progress);
        break;
      case 'events':
        this.#deliver(message.id, message.events);
        break;
      case 'changed':
        this.#watchers.get(message.id)?.(message.change);
        break;
    }
  }

  #take(id: number): PendingCall | undefined {
    const call = this.#calls.get(id);
    this.#calls.delete(id);
    return call;
  }

  /** A stream that the host refuses (its run is gone) ends quietly: the lists tell why. */
  #fail(id: number, error: AnnealError): void {
    const call = this.#take(id);
    if (call) call.reject(call.hooks.signal?.aborted ? call.hooks.signal.reason : error);
    else this.#subscriptions.delete(id);
  }

  #deliver(id: number, events: readonly StoredEvent[]): void {
    const subscription = this.#subscriptions.get(id);
    if (!subscription) return;
    const fresh = events.filter(({ seq }) => seq >= subscription.from);
    const last = fresh.at(-1);
    if (!last) return;
    subscription.from = last.seq + 1;
    subscription.listener(fresh);
  }

  #setState(state: Link['state'], refused: boolean): void {
    const before = this.#link;
    if (state === before.state && refused === Boolean(before.refused)) return;
    const wasLost = before.state === 'lost';
    this.#link = { state, since: wasLost && state === 'lost' ? before.since : Date.now(), refused };
    if (state === 'lost') this.#loseCalls();
    for (const listener of this.#linkListeners) listener(this.#link);
    if (state === 'up') this.#resume(wasLost);
  }

  #loseCalls(): void {
    for (const [id, call] of this.#calls) {
      if (onlyReads(call.message.command) && !call.hooks.signal?.aborted) continue;
      this.#calls.delete(id);
      call.reject(call.hooks.signal?.aborted ? call.hooks.signal.reason : new AnnealError('link.lost'));
    }
  }

  #resume(wasLost: boolean): void {
    for (const { message } of this.#calls.values()) this.#transport.send(message);
    for (const [id, { runId, from }] of this.#subscriptions) {
      this.#transport.send({ type: 'subscribe', id, runId, from });
    }
    for (const id of this.#watchers.keys()) this.#transport.send({ type: 'watch', id });
    if (!wasLost) return;
    for (const what of ['runs', 'datasets', 'zoo'] as const) {
      for (const listener of this.#watchers.values()) listener({ what, id: null });
    }
  }
}
