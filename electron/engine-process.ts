import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import type { ErrorData } from '../src/base/errors.ts';
import type { MediaAnswer } from '../src/host/answer-media.ts';
import {
  noActivity,
  type EndedRun,
  type FromEngineHost,
  type RunActivity,
  type ToEngineHost,
} from './host-messages.ts';

export interface EngineProcessListeners {
  /** The host is there and takes windows' ports. */
  readonly up: () => void;
  /** It ended unasked; it is started again. */
  readonly lost: () => void;
  /** The workspace cannot be opened: it is not started again. */
  readonly failed: (error: ErrorData) => void;
  readonly activity: (activity: RunActivity) => void;
  readonly ended: (run: EndedRun) => void;
  readonly recent: (folders: readonly string[]) => void;
}

export interface EngineProcessOptions {
  /** The bundled engine-host.js. */
  readonly entry: string;
  readonly workspace: string;
}

/** Waits before the next start after each end in a row; whoever lived longer than `settledMilliseconds` starts at once again. */
const waits = [200, 1000, 5000, 15_000];
const settledMilliseconds = 60_000;

/** The engine host: a utility process that is started again when it ends unasked, and goes on with the runs it was working on. */
export class EngineProcess {
  readonly #options: EngineProcessOptions;
  readonly #listeners: EngineProcessListeners;
  #process: UtilityProcess | null = null;
  #isUp = false;
  #closing = false;
  #failed = false;
  #endsInARow = 0;
  #timer: NodeJS.Timeout | null = null;
  #activity: RunActivity = noActivity;
  #nextId = 1;
  readonly #media = new Map<number, { resolve: (answer: MediaAnswer) => void; reject: (error: Error) => void }>();

  constructor(options: EngineProcessOptions, listeners: EngineProcessListeners) {
    this.#options = options;
    this.#listeners = listeners;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  get activity(): RunActivity {
    return this.#activity;
  }

  start(): void {
    const { entry, workspace } = this.#options;
    const started = performance.now();
    const child = utilityProcess.fork(entry, ['--workspace', workspace], {
      serviceName: 'Anneal engine',
      stdio: 'inherit',
      // macOS: TensorFlow's library is signed by nobody.
      allowLoadingUnsignedLibraries: true,
    });
    this.#process = child;
    child.on('message', (message: FromEngineHost) => this.#receive(message));
    child.once('exit', () => this.#ended(performance.now() - started));
  }

  /** Gives a window's port to the host. @throws when it is not up */
  connect(port: MessagePortMain): void {
    this.#send({ type: 'connect' }, [port]);
  }

  /** Rejects when the host is not there, or when nobody waits any more. */
  media(address: string, signal: AbortSignal): Promise<MediaAnswer> {
    return new Promise((resolve, reject) => {
      if (!this.#isUp || signal.aborted) return reject(new Error('no engine host, or nobody waits'));
      const id = this.#nextId++;
      const abort = (): void => {
        this.#media.delete(id);
        if (this.#isUp) this.#send({ type: 'mediaAborted', id });
        reject(new Error('nobody waits'));
      };
      const settle = (then: () => void): void => {
        this.#media.delete(id);
        signal.removeEventListener('abort', abort);
        then();
      };
      this.#media.set(id, {
        resolve: (answer) => settle(() => resolve(answer)),
        reject: (error) => settle(() => reject(error)),
      });
      signal.addEventListener('abort', abort, { once: true });
      this.#send({ type: 'media', id, address });
    });
  }

  /**
   * Ends the host: runs stop behind a checkpoint. Resolves when it is gone. After `limitMilliseconds` it is killed; the runs go on
   * from their last checkpoint another time.
   */
  async close(limitMilliseconds: number): Promise<void> {
    this.#closing = true;
    if (this.#timer) clearTimeout(this.#timer);
    const child = this.#process;
    if (!child) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(() => child.kill(), limitMilliseconds);
      child.once('exit', () => {
        clearTimeout(limit);
        resolve();
      });
      this.#send({ type: 'close' });
    });
  }

  #send(message: ToEngineHost, ports: MessagePortMain[] = []): void {
    if (!this.#process) throw new Error('no engine host');
    this.#process.postMessage(message, ports);
  }

  #receive(message: FromEngineHost): void {
    switch (message.type) {
      case 'ready':
        this.#isUp = true;
        if (this.#activity.runIds.length > 0) this.#send({ type: 'resume', runIds: this.#activity.runIds });
        return this.#listeners.up();
      case 'failed':
        this.#failed = true;
        this.#process?.kill();
        return this.#listeners.failed(message.error);
      case 'activity':
        this.#activity = message.activity;
        return this.#listeners.activity(message.activity);
      case 'ended':
        return this.#listeners.ended(message.run);
      case 'recent':
        return this.#listeners.recent(message.folders);
      case 'media':
        return this.#media.get(message.id)?.resolve(message.answer);
    }
  }

  #ended(livedMilliseconds: number): void {
    this.#process = null;
    const wasUp = this.#isUp;
    this.#isUp = false;
    for (const { reject } of [...this.#media.values()]) reject(new Error('the engine host ended'));
    if (this.#closing || this.#failed) return;
    if (wasUp) this.#listeners.lost();
    this.#endsInARow = livedMilliseconds > settledMilliseconds ? 0 : this.#endsInARow + 1;
    const wait = this.#endsInARow === 0 ? 0 : waits[Math.min(this.#endsInARow, waits.length) - 1]!;
    // Runs that take the host with them again and again wait for a person.
    if (this.#endsInARow >= waits.length) this.#activity = noActivity;
    this.#timer = setTimeout(() => this.start(), wait);
  }
}
