import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask, openPage, openSocket } from '../support/browser-page.ts';
import { servedEngine } from '../support/served-engine.ts';

let host: Awaited<ReturnType<typeof servedEngine>>;
let page: Awaited<ReturnType<typeof openPage>>;

beforeAll(async () => {
  host = await servedEngine();
  page = await openPage(host.url);
});
afterAll(() => host.end());

describe('a stranger', () => {
  it('is told apart from the one browser that opened the printed address', async () => {
    expect(page.first).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(page.first.headers['set-cookie']![0]).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect(await page.get('/')).toMatchObject({ status: 200, headers: { 'content-type': 'text/html; charset=utf-8' } });

    const { pathname, search } = new URL(host.url);
    expect(await ask(host.port, pathname + search)).toMatchObject({ status: 401 });
    expect(await page.get(pathname + search)).toMatchObject({ status: 303, headers: { location: '/' } });
  });

  it.each([
    ['no cookie', undefined],
    ['an empty cookie', ''],
    ['a wrong value', 'anneal=guess'],
    ['half of the right value', 'half'],
    ['the right value under another name', 'renamed'],
  ])('with %s reads nothing, and is told so in words', async (_, cookie) => {
    const given = cookie === 'half' ? page.cookie.slice(0, -8) : cookie === 'renamed' ? `x${page.cookie}` : cookie;
    for (const path of ['/', '/assets/main-1a2b.js', '/files/browse', '/media/thumbnail?dataset=1', '/nothing']) {
      const answer = await ask(host.port, path, { headers: { cookie: given, accept: 'text/html' } });
      expect(answer.status).toBe(401);
      expect(answer.text).toContain('This browser has not been let in.');
    }
    await expect(
      openSocket(host.port, { cookie: given, origin: `http://127.0.0.1:${host.port}` }).opened,
    ).rejects.toThrow('401');
  });

  it.each(['/?token=', '/?token=guess', '/index.html?token=guess', '/?a=1&token=guess'])(
    'who tries %s gets no session',
    async (path) => {
      const answer = await ask(host.port, path);
      expect(answer.status).toBe(401);
      expect(answer.headers['set-cookie']).toBeUndefined();
    },
  );

  it.each([
    ['a foreign name', 'evil.example'],
    ['a foreign name with the right port', 'evil.example:PORT'],
    ['a name that resolves to this machine', '127.0.0.1.rebind.example:PORT'],
    ['a name that begins with ours', 'localhost.evil.example:PORT'],
    ['a name that ends with ours', 'evil-localhost:PORT'],
    ['another way to write the address', '127.1:PORT'],
    ['the address as a number', '2130706433:PORT'],
    ['all addresses', '0.0.0.0:PORT'],
    ['no port', '127.0.0.1'],
    ['another port', '127.0.0.1:1'],
    ['a user', 'user@127.0.0.1:PORT'],
    ['two names', '127.0.0.1:PORT, evil.example'],
    ['a dot at the end', 'localhost.:PORT'],
  ])('whose Host header holds %s is refused even with the cookie', async (_, name) => {
    const headers = { host: name.replace('PORT', String(host.port)), cookie: page.cookie };
    for (const path of ['/', '/files/browse']) {
      expect(await ask(host.port, path, { headers })).toMatchObject({ status: 403 });
    }
    await expect(openSocket(host.port, { ...headers, origin: `http://${headers.host}` }).opened).rejects.toThrow('403');
  });

  it('is answered under each of the three names of this machine', async () => {
    for (const name of ['127.0.0.1', 'localhost', '[::1]']) {
      expect((await page.get('/', { host: `${name}:${host.port}` })).status).toBe(200);
    }
  });

  it('without any Host header, or with a whole address as path, is refused', async () => {
    const raw = (text: string): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket = connect(host.port, '127.0.0.1', () => socket.end(text));
        let answer = '';
        socket.on('data', (chunk) => (answer += chunk.toString()));
        socket.on('close', () => resolve(answer));
        socket.on('error', reject);
      });
    expect(await raw(`GET / HTTP/1.1\r\nCookie: ${page.cookie}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400/);
    expect(await raw(`GET / HTTP/1.0\r\nCookie: ${page.cookie}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403/);
    const own = `Host: 127.0.0.1:${host.port}\r\nCookie: ${page.cookie}\r\nConnection: close\r\n\r\n`;
    expect(await raw(`GET http://evil.example/ HTTP/1.1\r\n${own}`)).toMatch(/^HTTP\/1\.1 404/);
    expect(await raw(`GET //evil.example/ HTTP/1.1\r\n${own}`)).toMatch(/^HTTP\/1\.1 404/);
  });

  it.each([
    ['none', undefined],
    ['a foreign one', 'https://evil.example'],
    ['null, as of a sandboxed frame', 'null'],
    ['this machine at another port', 'http://127.0.0.1:1'],
    ['another scheme', 'https://127.0.0.1:PORT'],
    ['another of our names', 'http://localhost:PORT'],
  ])('whose Origin is %s opens no socket and changes nothing', async (_, name) => {
    const origin = name?.replace('PORT', String(host.port));
    const { cookie } = page;
    await expect(openSocket(host.port, { cookie, origin }).opened).rejects.toThrow('403');
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
      const headers = { cookie, origin, 'content-type': 'application/json' };
      const answer = await ask(host.port, '/files/uploads', { method, headers, body: '{}' });
      expect(answer.status).toBe(403);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
  });

  it('who embeds what only reads is refused where the browser tells it, and may link to the page', async () => {
    const site = (value: string, more: object = {}) => ({ 'sec-fetch-site': value, ...more });
    for (const value of ['cross-site', 'same-site']) {
      const image = site(value, { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' });
      expect((await page.get('/media/picture?dataset=1&path=a', image)).status).toBe(403);
      const frame = site(value, { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' });
      expect((await page.get('/', frame)).status).toBe(403);
      const link = site(value, { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' });
      expect((await page.get('/', link)).status).toBe(200);
    }
  });

  it('on the network does not reach the port at all', async () => {
    const outside = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .filter(({ internal, family }) => !internal && family === 'IPv4');
    for (const { address } of outside) {
      const reached = await new Promise((resolve) => {
        const socket = connect({ port: host.port, host: address, timeout: 2000 }, () => resolve(true));
        for (const event of ['error', 'timeout']) socket.once(event, () => (socket.destroy(), resolve(false)));
      });
      expect(reached).toBe(false);
    }
  });

  it('meets the strict headers on every answer', async () => {
    const answers = await Promise.all([
      page.get('/'),
      page.get('/nothing'),
      ask(host.port, '/'),
      ask(host.port, '/', { headers: { host: 'evil' } }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 403]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(
          /^default-src 'none'; script-src 'self'; style-src 'self'; .*frame-ancestors 'none'$/,
        ),
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['permissions-policy']).toContain('camera=(self)');
      expect(headers['content-security-policy']).not.toContain('unsafe');
    }
    expect((await page.get('/assets/main-1a2b.js')).headers).toMatchObject({
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'private, max-age=31536000, immutable',
    });
  });
});
