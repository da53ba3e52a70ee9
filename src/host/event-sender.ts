import type { StoredEvent } from '../protocol/run-record.ts';

const batchMilliseconds = 50;
/** Small enough for a window to apply between two frames. */
const eventsPerBatch = 500;
/** Above this the channel is given nothing more until it has taken some. */
const bufferLimitBytes = 1 << 20;
/** Steps that wait longer than this have been overtaken by newer ones. */
const patienceMilliseconds = 2000;
/** More than a run of weeks tells besides its steps: whoever leaves so many does not read at all. */
const waitingLimit = 200_000;

interface Options {
  /** Bytes that the channel still holds. */
  readonly bufferedBytes: () => number;
  readonly send: (events: readonly StoredEvent[]) => void;
  /** The channel has taken nothing for so long that waiting for it costs too much memory. */
  readonly onStuck: () => void;
}

/**
 * Sends the events of one subscription in batches, in their order, each once. Where the channel is slower than the run, the
 * steps that waited too long are left out but the newest; everything else waits.
 */
export class EventSender {
  readonly #options: Options;
  #waiting: { readonly event: StoredEvent; readonly since: number }[] = [];
  #timer: NodeJS.Timeout | null = null;
  #ended = false;

  constructor(options: Options) {
    this.#options = options;
  }

  add(event: StoredEvent): void {
    if (this.#ended) return;
    this.#waiting.push({ event, since: performance.now() });
    this.#timer ??= setTimeout(this.#flush, batchMilliseconds);
  }

  end(): void {
    this.#ended = true;
    if (this.#timer) clearTimeout(this.#timer);
    this.#waiting = [];
  }

  readonly #flush = (): void => {
    this.#timer = null;
    let sent = 0;
    while (sent < this.#waiting.length && this.#options.bufferedBytes() < bufferLimitBytes) {
      this.#options.send(this.#waiting.slice(sent, sent + eventsPerBatch).map(({ event }) => event));
      sent += eventsPerBatch;
    }
    this.#waiting.splice(0, sent);
    if (this.#ended || this.#waiting.length === 0) return;
    this.#leaveOutOldSteps();
    if (this.#waiting.length > waitingLimit) return this.#options.onStuck();
    this.#timer = setTimeout(this.#flush, batchMilliseconds);
  };

  #leaveOutOldSteps(): void {
    const latest = performance.now() - patienceMilliseconds;
    if (this.#waiting[0]!.since > latest) return;
    const newest = this.#waiting.findLast(({ event }) => event.event.type === 'stepEnded');
    this.#waiting = this.#waiting.filter((waiting) => waiting.event.event.type !== 'stepEnded' || waiting === newest);
  }
}
