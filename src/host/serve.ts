import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import websocket from '@fastify/websocket';
import fastify, { type FastifyInstance } from 'fastify';
import { AnnealError } from '../base/errors.ts';
import type { Engine } from '../engine/create-engine.ts';
import { allowFolders } from './allowed-folders.ts';
import { BrowserSession } from './browser-session.ts';
import { serveConnection } from './connection.ts';
import { addFileRoutes } from './file-routes.ts';
import { guardPaths } from './guard-paths.ts';
import { addMediaRoutes } from './media-routes.ts';
import { protect } from './protect.ts';
import { answerError } from './refusals.ts';
import { socketChannel } from './socket-channel.ts';
import { Uploads } from './uploads.ts';
import type { WindowFile } from './window-files.ts';
import { addWindowRoutes } from './window-routes.ts';

export interface ServeOptions {
  readonly engine: Engine;
  /** The engine's workspace; copies of dropped folders and exports for the browser lie in it. */
  readonly workspace: string;
  /** Folders that pages may open besides. */
  readonly allowed: readonly string[];
  readonly window: ReadonlyMap<string, WindowFile>;
  /** 0: any free one. */
  readonly port: number;
}

export interface Served {
  /** With the token, good for one browser. */
  readonly url: string;
  readonly port: number;
  /** Ends every connection; the engine stays open. */
  close(): Promise<void>;
}

/** A picture in base64 is the largest message that a window sends; see `classify`. */
const messageLimitBytes = 42 << 20;
/** Bodies that are read at once; files of an upload are streamed. */
const bodyLimitBytes = 64 << 10;
const connectionLimit = 256;
const socketLimit = 32;
const idleMilliseconds = 60_000;
/** The code of a WebSocket that is closed because there are too many. */
const tryAgainLater = 1013;

/**
 * Serves the window and the engine to browsers on this machine, and to nobody else: only on the loopback address, only to pages
 * of its own, only with the session that the printed address opens.
 * @throws host.portTaken; the file system's own error for an allowed folder that is not there
 */
export async function serve({ engine, workspace, allowed, window, port }: ServeOptions): Promise<Served> {
  const uploads = new Uploads(join(workspace, 'uploads'));
  await uploads.prepare();
  const exports = join(workspace, 'exports');
  await mkdir(exports, { recursive: true });
  const browse = await allowFolders(allowed);
  const reach = {
    read: await allowFolders([...allowed, workspace]),
    write: await allowFolders([...allowed, exports]),
  };

  const session = new BrowserSession();
  const server = fastify({
    bodyLimit: bodyLimitBytes,
    connectionTimeout: idleMilliseconds,
    // Also of the parts of an uploaded file's path.
    routerOptions: { maxParamLength: 8192 },
    http: { headersTimeout: 10_000 },
    forceCloseConnections: true,
  });
  server.server.maxConnections = connectionLimit;
  server.setErrorHandler(answerError);
  server.setNotFoundHandler((request, reply) => answerError(new AnnealError('host.notFound'), request, reply));
  // First, so that it also ends a socket that the rules refuse.
  await server.register(websocket, { options: { maxPayload: messageLimitBytes } });
  protect(server, session);
  server.get('/socket', { websocket: true }, (socket) => {
    if (server.websocketServer.clients.size > socketLimit) return socket.close(tryAgainLater);
    serveConnection(socketChannel(socket), engine, {
      admit: (command, input) => guardPaths(command, input, reach),
    });
  });
  addWindowRoutes(server, window);
  addMediaRoutes(server, engine.media);
  addFileRoutes(server, { browse, exports, uploads });

  const bound = await listen(server, port);
  return {
    url: `http://127.0.0.1:${bound}/?token=${session.token}`,
    port: bound,
    close: async () => {
      await server.close();
      await uploads.close();
    },
  };
}

async function listen(server: FastifyInstance, port: number): Promise<number> {
  try {
    await server.listen({ host: '127.0.0.1', port });
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (taken) throw new AnnealError('host.portTaken', { port }, { cause: error });
    throw error;
  }
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}
