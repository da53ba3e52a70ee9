import type { FromHost } from '../protocol/wire.ts';

/** A two-way road to one window: a WebSocket or one of Electron's message ports. */
export interface Channel {
  /** Hands a message over; never throws, also when the other side has gone. */
  send(message: FromHost): void;
  /** What the window sends, as it came: anything at all. */
  onMessage(listener: (message: unknown) => void): void;
  /** Told once, however it ended. */
  onClose(listener: () => void): void;
  /** Ends it because the window broke the rules; the code of an error says which. */
  close(reason: string): void;
  /** Bytes handed over that the other side has not taken yet; left out where nobody can tell. */
  bufferedBytes?(): number;
}
