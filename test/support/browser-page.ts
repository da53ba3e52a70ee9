import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import WebSocket from 'ws';
import type { FromHost } from '../../src/protocol/wire.ts';

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Record<string, string | undefined>;
  readonly body?: Buffer | string;
}

/** A raw request: headers exactly as given (`undefined` leaves one out), the path as it stands. */
export function ask(port: number, path: string, { method = 'GET', headers = {}, body }: Ask = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const all = { host: `127.0.0.1:${port}`, ...length, ...headers };
    const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
    const setHost = 'host' in given;
    const outgoing = httpRequest(
      { host: '127.0.0.1', port, path, method, headers: given, setHost, agent: false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.on('error', reject);
        incoming.on('end', () => {
          const whole = Buffer.concat(chunks);
          const { statusCode = 0, headers: received } = incoming;
          resolve({ status: statusCode, headers: received, body: whole, text: whole.toString('utf8') });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

/** What a browser keeps of the printed address: the cookie, sent with every request of its pages. */
export async function openPage(url: string) {
  const { port: portText, pathname, search, host } = new URL(url);
  const port = Number(portText);
  const first = await ask(port, pathname + search);
  const cookie = String(first.headers['set-cookie']?.[0] ?? '').split(';')[0]!;
  const own = { cookie, origin: `http://${host}`, 'sec-fetch-site': 'same-origin' };
  return {
    port,
    cookie,
    first,
    get: (path: string, headers: Ask['headers'] = {}) => ask(port, path, { headers: { cookie, ...headers } }),
    send: (method: string, path: string, body?: Buffer | object, headers: Ask['headers'] = {}) =>
      ask(port, path, {
        method,
        headers: {
          ...own,
          ...(body === undefined
            ? {}
            : { 'content-type': Buffer.isBuffer(body) ? 'application/octet-stream' : 'application/json' }),
          ...headers,
        },
        ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
      }),
    socket: (headers: Ask['headers'] = {}) => openSocket(port, { ...own, ...headers }),
  };
}

/** The page's WebSocket; `opened` tells the status of a refusal as an error's message. */
export function openSocket(port: number, headers: Ask['headers'] = {}) {
  const given = Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined));
  const socket = new WebSocket(`ws://127.0.0.1:${port}/socket`, { headers: given as Record<string, string> });
  const received: FromHost[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    received.push(JSON.parse(data.toString('utf8')) as FromHost);
    for (const check of waiting) check();
  });
  const opened = new Promise<void>((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('unexpected-response', (_request, answer) => {
      reject(new Error(String(answer.statusCode)));
      answer.resume();
      socket.terminate();
    });
    socket.once('error', reject);
  });
  opened.catch(() => undefined);
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: reason.toString('utf8') })),
  );
  return {
    socket,
    received,
    opened,
    closed,
    send: (message: unknown) => socket.send(JSON.stringify(message)),
    /** The first message, also an earlier one, that `find` accepts. */
    got: <T extends FromHost>(find: (message: FromHost) => message is T): Promise<T> =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          const found = received.find(find);
          if (!found) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        void closed.then(({ code, reason }) => reject(new Error(`closed with ${code} ${reason}`)));
        check();
      }),
  };
}
