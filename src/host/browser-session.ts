import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * Who may talk to the host: whoever opened the printed address. Its token is good for one exchange against a cookie, which a
 * page's scripts cannot read and which ends with the server.
 */
export class BrowserSession {
  /** A cookie is sent to every port of its host: the name tells servers on this machine apart. */
  readonly #cookieName = `anneal-${randomBytes(6).toString('hex')}`;
  readonly #secret = newSecret();
  #token: string | null = newSecret();

  /** For the printed address; '' once it has been used. */
  get token(): string {
    return this.#token ?? '';
  }

  /** The value of a set-cookie header for the right token, which is then useless; null for any other. */
  exchange(token: string): string | null {
    if (this.#token === null || !equal(token, this.#token)) return null;
    this.#token = null;
    return `${this.#cookieName}=${this.#secret}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** Whether a request's cookie header holds the session. */
  isKnown(cookies: string | undefined): boolean {
    const prefix = `${this.#cookieName}=`;
    return (cookies ?? '')
      .split(';')
      .map((cookie) => cookie.trim())
      .some((cookie) => cookie.startsWith(prefix) && equal(cookie.slice(prefix.length), this.#secret));
  }
}

const newSecret = (): string => randomBytes(32).toString('base64url');

/** In a time that tells nothing of where the texts differ. */
function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
