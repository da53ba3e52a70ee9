import type { MessagePortMain } from 'electron';
import type { Channel } from '../src/host/channel.ts';

/** A window's message port as the host's channel to it. A port tells nobody how much it still holds. */
export function portChannel(port: MessagePortMain): Channel {
  let open = true;
  port.on('close', () => (open = false));
  return {
    send: (message) => {
      if (open) port.postMessage(message);
    },
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => void port.once('close', listener),
    close: () => port.close(),
  };
}
