import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import type { FromUtility, ToUtility } from './utility-process.ts';

/** Electron's message ports and utility processes, with Node's means: channels of worker threads, and real processes. */
export class MessagePortMain extends EventEmitter {
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
  }

  transfer(): MessagePort {
    return this.#port;
  }
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}

const require = createRequire(import.meta.url);
/** Runs before a program that expects to be a utility process. */
const utilityPreload = pathToFileURL(fileURLToPath(new URL('utility-process.ts', import.meta.url))).href;
const tsx = pathToFileURL(require.resolve('tsx')).href;

export class UtilityProcess extends EventEmitter {
  readonly child: ChildProcess;
  readonly #ports = new Map<number, MessagePort>();
  #next = 1;

  constructor(
    entry: string,
    args: readonly string[],
    program: { readonly execPath?: string; readonly env?: NodeJS.ProcessEnv } = {},
  ) {
    super();
    this.child = fork(entry, args, {
      serialization: 'advanced',
      // Node 24 reads TypeScript by itself.
      execArgv: [...(entry.endsWith('.ts') ? ['--import', tsx] : []), '--import', utilityPreload],
      ...program,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    this.child.on('message', (message: FromUtility) => {
      if (message.type === 'message') this.emit('message', message.data);
      else if (message.type === 'port') this.#ports.get(message.port)?.postMessage(message.data);
      else this.#ports.get(message.port)?.close();
    });
    this.child.once('exit', (code) => {
      for (const port of this.#ports.values()) port.close();
      this.emit('exit', code);
    });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  postMessage = (data: unknown, ports: MessagePortMain[] = []): void => {
    this.#send({ type: 'message', data, ports: ports.map((port) => this.#relay(port.transfer())) });
  };

  kill = (): boolean => this.child.kill('SIGKILL');

  #relay(port: MessagePort): number {
    const id = this.#next++;
    this.#ports.set(id, port);
    port.on('message', (data: unknown) => this.#send({ type: 'port', port: id, data }));
    port.on('close', () => {
      this.#ports.delete(id);
      this.#send({ type: 'portClosed', port: id });
    });
    return id;
  }

  #send(message: ToUtility): void {
    if (this.child.connected) this.child.send(message, () => undefined);
  }
}
