import { AnnealError } from '../base/errors.ts';
import { fromFailure } from '../base/failure.ts';
import type { FromLane, LaneJobKind, LaneJobOf, LaneResults, Progress } from '../protocol/lane-job.ts';
import type { RunEvent } from '../protocol/run-event.ts';
import type { ForkLane, LaneProcess } from './fork-lane.ts';

/** A job that was asked to stop and did; where it has a checkpoint, it was kept. */
export class LaneStopped extends Error {
  constructor() {
    super('stopped on request');
    this.name = 'LaneStopped';
  }
}

export interface LaneListeners {
  readonly event?: (event: RunEvent) => void;
  readonly progress?: (progress: Progress) => void;
}

export interface LaneTask<K extends LaneJobKind> {
  /** @throws LaneStopped; AnnealError 'engine.laneCrashed' when the process ended; what the job threw */
  readonly result: Promise<LaneResults[K]>;
  control(wish: 'go' | 'pause' | 'stop'): void;
}

interface Pending {
  readonly listeners: LaneListeners;
  resolve(result: LaneResults[LaneJobKind]): void;
  reject(error: unknown): void;
}

/** One process that takes jobs one after the other, started when there is one; after a crash the next job starts a new one. */
export class Lane {
  readonly #fork: ForkLane;
  #process: LaneProcess | null = null;
  #pending: (Pending & { id: number }) | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  #nextId = 1;
  readonly #idleMilliseconds: number;
  #idle: NodeJS.Timeout | null = null;
  #closed = false;

  /** A process without a job for `idleMilliseconds` is let go, and its memory with it. */
  constructor(fork: ForkLane, idleMilliseconds: number) {
    this.#fork = fork;
    this.#idleMilliseconds = idleMilliseconds;
  }

  run<K extends LaneJobKind>(job: LaneJobOf<K>, listeners: LaneListeners = {}): LaneTask<K> {
    const id = this.#nextId++;
    let wish: 'go' | 'pause' | 'stop' = 'go';
    let begun = false;
    const begin = (): Promise<LaneResults[K]> => {
      if (wish === 'stop') throw new LaneStopped();
      if (this.#closed) throw new AnnealError('engine.closed', {}, { kind: 'failure' });
      begun = true;
      return new Promise<LaneResults[LaneJobKind]>((resolve, reject) => {
        this.#pending = { id, listeners, resolve, reject };
        const lane = this.#start();
        lane.send({ type: 'job', id, job });
        if (wish === 'pause') lane.send({ type: 'control', id, control: wish });
      }) as Promise<LaneResults[K]>;
    };
    const result = this.#queue.then(begin);
    this.#queue = result.catch(() => undefined);
    const control = (next: 'go' | 'pause' | 'stop'): void => {
      wish = next;
      if (begun && this.#pending?.id === id) this.#process?.send({ type: 'control', id, control: next });
    };
    return { result, control };
  }

  #start(): LaneProcess {
    if (this.#idle) clearTimeout(this.#idle);
    if (this.#process) return this.#process;
    const lane = this.#fork();
    this.#process = lane;
    lane.onMessage((message) => this.#receive(message));
    lane.onExit(({ code, signal, tail }) => {
      // One that was let go has no job of ours any more.
      if (this.#process !== lane) return;
      this.#process = null;
      const pending = this.#take();
      const params = { signal, code, tail: tail.trim().split('\n').slice(-3).join('\n') };
      pending?.reject(new AnnealError('engine.laneCrashed', params, { kind: 'failure' }));
    });
    return lane;
  }

  #receive(message: FromLane): void {
    if (this.#pending?.id !== message.id) return;
    switch (message.type) {
      case 'event':
        return this.#pending.listeners.event?.(message.event);
      case 'progress':
        return this.#pending.listeners.progress?.(message.progress);
      case 'done':
        return this.#take()?.resolve(message.result);
      case 'stopped':
        return this.#take()?.reject(new LaneStopped());
      case 'failed':
        return this.#take()?.reject(fromFailure(message.error));
    }
  }

  #take(): Pending | null {
    const pending = this.#pending;
    this.#pending = null;
    if (this.#idle) clearTimeout(this.#idle);
    this.#idle = setTimeout(() => this.#letGo(), this.#idleMilliseconds);
    this.#idle.unref();
    return pending;
  }

  #letGo(): void {
    if (this.#pending) return;
    this.#process?.disconnect();
    this.#process = null;
  }

  /** Lets the present process go once its jobs are done: the next job gets a fresh one, with what was installed since. */
  renew(): void {
    this.#queue = this.#queue.then(() => this.#letGo());
  }

  /** Ends the process: when nothing runs it ends by itself, else it is killed. */
  close(): void {
    this.#closed = true;
    if (this.#idle) clearTimeout(this.#idle);
    if (this.#pending) this.#process?.kill();
    else this.#process?.disconnect();
  }
}
