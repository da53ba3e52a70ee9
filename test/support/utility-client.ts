import type { HostFeatures } from '../../renderer/client/client.ts';
import { WireClient } from '../../renderer/client/wire-client.ts';
import type { UtilityProcess } from './electron-utility.ts';
import { MessageChannelMain } from './electron-utility.ts';

/** A window's client of the engine host in a utility process, which has said that it is ready. */
export function utilityClient(utility: UtilityProcess): WireClient {
  const { port1, port2 } = new MessageChannelMain();
  utility.postMessage({ type: 'connect' }, [port1]);
  const port = port2.transfer();
  return new WireClient(
    {
      send: (message) => port.postMessage(message),
      onMessage: (listener) => void port.on('message', listener),
      onState: (listener) => queueMicrotask(() => listener('up')),
      reconnect: () => undefined,
    },
    // There is no page around it.
    {} as HostFeatures,
  );
}
