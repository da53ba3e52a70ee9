import { EventEmitter } from 'node:events';

/**
 * Loaded by `--import` before a program that expects to be Electron's utility process: gives it `process.parentPort` over the
 * messages of `child_process.fork`. See `forkUtility` in electron-stand-in.ts for the other side.
 */
export type ToUtility =
  | { readonly type: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly type: 'port'; readonly port: number; readonly data: unknown }
  | { readonly type: 'portClosed'; readonly port: number };

export type FromUtility =
  | { readonly type: 'message'; readonly data: unknown }
  | { readonly type: 'port'; readonly port: number; readonly data: unknown }
  | { readonly type: 'portClosed'; readonly port: number };

const ports = new Map<number, UtilityPort>();
const tell = (message: FromUtility): void => void process.send!(message);

/** As Electron's `MessagePortMain`: messages wait for `start`. */
class UtilityPort extends EventEmitter {
  readonly #port: number;
  #early: unknown[] | null = [];

  constructor(port: number) {
    super();
    this.#port = port;
    ports.set(port, this);
  }

  receive(data: unknown): void {
    if (this.#early) this.#early.push(data);
    else this.emit('message', { data, ports: [] });
  }

  start(): void {
    const early = this.#early ?? [];
    this.#early = null;
    for (const data of early) this.emit('message', { data, ports: [] });
  }

  postMessage(data: unknown): void {
    tell({ type: 'port', port: this.#port, data });
  }

  close(): void {
    if (!ports.delete(this.#port)) return;
    tell({ type: 'portClosed', port: this.#port });
    this.emit('close');
  }

  closedByOther(): void {
    if (ports.delete(this.#port)) this.emit('close');
  }
}

const early: unknown[] = [];
const parentPort = Object.assign(new EventEmitter(), {
  postMessage: (data: unknown) => tell({ type: 'message', data }),
});
parentPort.on('newListener', (event) => {
  if (event === 'message') setImmediate(() => early.splice(0).forEach((one) => parentPort.emit('message', one)));
});
Object.assign(process, { parentPort });

process.on('message', (message: ToUtility) => {
  if (message.type === 'port') return ports.get(message.port)?.receive(message.data);
  if (message.type === 'portClosed') return ports.get(message.port)?.closedByOther();
  const event = { data: message.data, ports: message.ports.map((port) => new UtilityPort(port)) };
  if (parentPort.listenerCount('message') > 0) parentPort.emit('message', event);
  else early.push(event);
});
// Electron ends its utility processes with itself.
process.on('disconnect', () => process.exit(1));
