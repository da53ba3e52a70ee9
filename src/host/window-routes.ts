import type { FastifyInstance } from 'fastify';
import type { WindowFile } from './window-files.ts';

/** The built window. One route a file: what is not there has no address. */
export function addWindowRoutes(server: FastifyInstance, files: ReadonlyMap<string, WindowFile>): void {
  for (const [address, file] of files) {
    server.get(address === '/index.html' ? '/' : encodeURI(address), (_request, reply) => {
      if (file.immutable) reply.header('cache-control', 'private, max-age=31536000, immutable');
      return reply.type(file.contentType).send(file.bytes);
    });
  }
}
