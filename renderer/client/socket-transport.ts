import type { FromHost, ToHost } from '../../src/protocol/wire.ts';
import type { Link } from './client.ts';
import type { Transport } from './wire-client.ts';

/** Milliseconds before each further try. */
const pauses = [250, 500, 1000, 2000, 4000, 8000];

/** A WebSocket that is opened again whenever it closes. */
export class SocketTransport implements Transport {
  readonly #address: string;
  #socket: WebSocket | null = null;
  #onMessage: (message: FromHost) => void = () => {};
  #onState: (state: Link['state'], refused?: boolean) => void = () => {};
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(address: string) {
    this.#address = address;
    // A laptop that wakes, a tab that is looked at again: no reason to wait for the next turn.
    addEventListener('online', () => this.reconnect());
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible') this.reconnect();
    });
    // Listeners come in the same turn.
    queueMicrotask(() => this.#open());
  }

  send(message: ToHost): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  onMessage(listener: (message: FromHost) => void): void {
    this.#onMessage = listener;
  }

  onState(listener: (state: Link['state'], refused?: boolean) => void): void {
    this.#onState = listener;
  }

  reconnect(): void {
    if (!this.#timer) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    this.#open();
  }

  #open(): void {
    const socket = new WebSocket(this.#address);
    this.#socket = socket;
    socket.onopen = () => {
      this.#tries = 0;
      this.#onState('up');
    };
    socket.onmessage = ({ data }) => this.#onMessage(JSON.parse(String(data)) as FromHost);
    socket.onclose = () => {
      this.#onState('lost');
      void this.#askWhetherKnown();
      const pause = pauses[Math.min(this.#tries++, pauses.length - 1)]!;
      this.#timer = setTimeout(() => {
        this.#timer = null;
        this.#open();
      }, pause);
    };
  }

  /** A refused WebSocket does not say why; any other request does. */
  async #askWhetherKnown(): Promise<void> {
    const answer = await fetch('files/browse').catch(() => null);
    if (answer?.status === 401) this.#onState('lost', true);
  }
}
