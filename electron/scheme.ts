import { protocol, type Session } from 'electron';
import type { MediaAnswer } from '../src/host/answer-media.ts';
import { securityHeaders } from '../src/host/security-headers.ts';
import type { WindowFile } from '../src/host/window-files.ts';

type Body = ConstructorParameters<typeof Response>[0];

const scheme = 'anneal';

/** The window's own origin: nothing but what is shipped, and pictures of datasets. */
export const ownOrigin = `${scheme}://app`;
export const startPage = `${ownOrigin}/index.html`;

/** Whether an address is the window's page, in any of its views. */
export function isStartPage(address: string): boolean {
  return address.split('#')[0] === startPage;
}

/** Before the application is ready: the scheme counts as a secure origin with relative addresses, like https. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true } },
  ]);
}

export interface SchemeSource {
  /** By address, as '/index.html'. */
  readonly files: ReadonlyMap<string, WindowFile>;
  /** Path and query, beginning with '/media/'. */
  readonly media: (address: string, signal: AbortSignal) => Promise<MediaAnswer>;
}

/** Answers the window's requests from a table and from the engine host: no address can name a file of this computer. */
export function serveScheme(session: Session, { files, media }: SchemeSource): void {
  session.protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'app' || (request.method !== 'GET' && request.method !== 'HEAD')) return refuse(403);
    if (url.pathname.startsWith('/media/')) {
      try {
        const { status, headers, body } = await media(url.pathname + url.search, request.signal);
        return new Response(body as Body, { status, headers: { ...securityHeaders, ...headers } });
      } catch {
        return refuse(503);
      }
    }
    const file = files.get(decoded(url.pathname));
    if (!file) return refuse(404);
    const headers = { ...securityHeaders, 'content-type': file.contentType, 'cache-control': 'no-store' };
    return new Response(file.bytes as Body, { headers });
  });
}

const refuse = (status: number): Response => new Response(null, { status, headers: securityHeaders });

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return '';
  }
}
