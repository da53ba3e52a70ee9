import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';
import { securityHeaders } from './security-headers.ts';

/**
 * A name that the server answers to. Any other means that a stranger's name was pointed at this machine (DNS rebinding): its
 * pages would count as ours.
 */
export function isOwnHost(host: string | undefined, port: number | undefined): boolean {
  return port !== undefined && ['127.0.0.1', 'localhost', '[::1]'].some((name) => host === `${name}:${port}`);
}

/**
 * Whether a page of ours asks. Browsers tell the page of every request that can change something, and newer ones tell of all
 * whether it is ours; a page can forge neither.
 */
export function isOwnPage(request: IncomingMessage, upgrade: boolean): boolean {
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const reads = (request.method === 'GET' || request.method === 'HEAD') && !upgrade;
  if (origin !== undefined ? origin !== `http://${host}` : !reads) return false;
  if (site === undefined || site === 'same-origin' || site === 'none') return true;
  // A link in another page may lead here; it gets no more than the page itself.
  return reads && request.headers['sec-fetch-mode'] === 'navigate' && request.headers['sec-fetch-dest'] === 'document';
}

/** On every answer, errors too. */
export function addSecurityHeaders(reply: FastifyReply): void {
  reply.headers({ ...securityHeaders, 'cache-control': 'no-store' });
}
