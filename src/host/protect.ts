import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AnnealError } from '../base/errors.ts';
import type { BrowserSession } from './browser-session.ts';
import { addSecurityHeaders, isOwnHost, isOwnPage } from './request-rules.ts';

/** Puts the rules before every route, also those that are not there: nothing answers a request that breaks one. */
export function protect(server: FastifyInstance, session: BrowserSession): void {
  server.addHook('onRequest', async (request, reply) => {
    addSecurityHeaders(reply);
    const { headers, url, socket } = request.raw;
    if (!isOwnHost(headers.host, socket.localPort)) throw new AnnealError('host.wrongHost');
    if (!url?.startsWith('/') || url.startsWith('//')) throw new AnnealError('host.notFound');
    if (!isOwnPage(request.raw, headers.upgrade !== undefined)) throw new AnnealError('host.wrongOrigin');
    if (takesToken(request, reply, session)) return reply.redirect('/', 303);
    if (!session.isKnown(headers.cookie)) throw new AnnealError('host.noSession');
    return undefined;
  });
}

/** The printed address: its token becomes a cookie, and the page is opened without it. */
function takesToken(request: FastifyRequest, reply: FastifyReply, session: BrowserSession): boolean {
  const prefix = '/?token=';
  const url = request.raw.url ?? '';
  if (request.method !== 'GET' || !url.startsWith(prefix)) return false;
  const cookie = session.exchange(url.slice(prefix.length));
  if (cookie !== null) reply.header('set-cookie', cookie);
  // A bookmark of the address that opened the session.
  return cookie !== null || session.isKnown(request.headers.cookie);
}
