import type { AnnealBridge } from '../../src/protocol/bridge.ts';
import type { CommandInput, CommandName, CommandResults } from '../../src/protocol/engine-api.ts';
import type { StoredEvent } from '../../src/protocol/run-record.ts';
import type { FromHost, ToHost } from '../../src/protocol/wire.ts';
import { MessageChannelMain, type UtilityProcess } from './electron-utility.ts';

/** The part of the window's client that tests without a page use. */
export interface WindowClient {
  call<C extends CommandName>(command: C, input: CommandInput<C>): Promise<CommandResults[C]>;
  subscribe(
    input: { readonly runId: string; readonly from: number },
    listener: (events: readonly StoredEvent[]) => void,
  ): () => void;
}

interface Transport {
  send(message: ToHost): void;
  onMessage(listener: (message: FromHost) => void): void;
  onState(listener: (state: 'up') => void): void;
  reconnect(): void;
}

// By a name that the type checker does not follow: the window's own types need a page's.
const clients = new URL('../../renderer/client/', import.meta.url).href;
const { bridgeClient } = (await import(`${clients}bridge-client.ts`)) as {
  bridgeClient(bridge: AnnealBridge): WindowClient;
};
const { WireClient } = (await import(`${clients}wire-client.ts`)) as {
  WireClient: new (transport: Transport, host: object) => WindowClient;
};

/** The client that the window has over what its preload script gives. */
export { bridgeClient };

/** A window's client of the engine host in a utility process, which has said that it is ready. */
export function utilityClient(utility: UtilityProcess): WindowClient {
  const { port1, port2 } = new MessageChannelMain();
  utility.postMessage({ type: 'connect' }, [port1]);
  const port = port2.transfer();
  const transport: Transport = {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => void port.on('message', listener),
    onState: (listener) => queueMicrotask(() => listener('up')),
    reconnect: () => undefined,
  };
  return new WireClient(transport, {});
}
