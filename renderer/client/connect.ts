import type { AnnealBridge } from '../../src/protocol/bridge.ts';
import { bridgeClient } from './bridge-client.ts';
import { BrowserHost } from './browser-host.ts';
import type { AnnealClient } from './client.ts';
import { SocketTransport } from './socket-transport.ts';
import { WireClient } from './wire-client.ts';

declare global {
  interface Window {
    /** Only in the desktop application. */
    readonly anneal?: AnnealBridge;
  }
}

/** The way to the engine: through the preload script, or to the server that this page came from. */
export function connect(askFolder: () => Promise<string | null>): AnnealClient {
  if (window.anneal) return bridgeClient(window.anneal);
  const address = new URL('socket', location.href);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  address.hash = '';
  address.search = '';
  return new WireClient(new SocketTransport(address.href), new BrowserHost(askFolder));
}
