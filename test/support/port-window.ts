import { MessageChannel } from 'node:worker_threads';
import type { Channel } from '../../src/host/channel.ts';
import type { FromHost } from '../../src/protocol/wire.ts';

/** A window's end of a real message port, and the host's end as a channel. `holdBack` plays a window that takes nothing. */
export function portWindow() {
  const { port1, port2 } = new MessageChannel();
  const received: FromHost[] = [];
  const waiting = new Set<() => void>();
  let buffered = 0;
  let closedWith: string | null = null;
  const closers: (() => void)[] = [];
  port2.on('message', (message: FromHost) => {
    received.push(message);
    for (const check of waiting) check();
  });
  port1.on('close', () => closers.forEach((close) => close()));
  const channel: Channel = {
    send: (message) => port1.postMessage(message),
    onMessage: (listener) => void port1.on('message', listener),
    onClose: (listener) => void closers.push(listener),
    close: (reason) => {
      closedWith = reason;
      port1.close();
    },
    bufferedBytes: () => buffered,
  };
  return {
    channel,
    received,
    send: (message: unknown) => port2.postMessage(message),
    holdBack: (held: boolean) => (buffered = held ? Infinity : 0),
    close: () => port2.close(),
    closedWith: () => closedWith,
    /** Resolves with the first message, also an earlier one, that `find` accepts. */
    got: <T extends FromHost>(find: (message: FromHost) => message is T): Promise<T> =>
      new Promise((resolve) => {
        const check = (): void => {
          const found = received.find(find);
          if (!found) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
  };
}

/** For `got`: the answer to the question `id`. */
export const answer =
  (id: number) =>
  (message: FromHost): message is Extract<FromHost, { type: 'result' | 'failed' }> =>
    message.id === id && (message.type === 'result' || message.type === 'failed');
