import type { WebSocket } from 'ws';
import type { Channel } from './channel.ts';

const heartbeatMilliseconds = 15_000;
/** The code of RFC 6455 for a message against the rules. */
const policyViolation = 1008;

/**
 * A WebSocket as a channel: JSON texts. What does not parse is handed on as it came, to be refused. A side that answers no ping
 * for two heartbeats is gone, though nobody said so: a sleeping laptop, a cut cable.
 */
export function socketChannel(socket: WebSocket): Channel {
  let alive = true;
  const heartbeat = setInterval(() => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  }, heartbeatMilliseconds);
  heartbeat.unref();
  socket.on('pong', () => (alive = true));
  socket.on('close', () => clearInterval(heartbeat));
  socket.on('error', () => socket.terminate());
  return {
    send: (message) => {
      if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
    },
    onMessage: (listener) =>
      void socket.on('message', (data: Buffer, isBinary) => {
        alive = true;
        listener(isBinary ? null : parse(data.toString('utf8')));
      }),
    onClose: (listener) => void socket.on('close', listener),
    close: (reason) => socket.close(policyViolation, reason),
    bufferedBytes: () => socket.bufferedAmount,
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
