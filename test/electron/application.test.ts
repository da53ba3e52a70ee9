import { describe, expect, it, vi } from 'vitest';
import { cleanUpShells, eventually, newestWindow, startShell } from '../support/electron-shell.ts';
import { session } from '../support/electron-stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.mock('electron', () => import('../support/electron-stand-in.ts'));
cleanUpShells();

const scheme = (path: string, init?: RequestInit): Promise<Response> =>
  session.defaultSession.protocolHandlers.get('anneal')!(new Request(`anneal://app${path}`, init));

describe('window', () => {
  it('is a sandboxed page of the own scheme', async () => {
    await startShell();
    const window = newestWindow();
    expect(window.url).toBe('anneal://app/index.html');
    expect(window.options['webPreferences']).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    });
    expect(window.shows).toBe(0);
    window.emit('ready-to-show');
    expect(window.shows).toBe(1);
  });

  it('gets the page with a strict content policy, and nothing that is not shipped', async () => {
    await startShell();
    const page = await scheme('/index.html');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    for (const path of ['/', '/other.js', '/../package.json', '/%2e%2e/package.json', '/%zz', '//etc/passwd']) {
      expect((await scheme(path)).status, path).toBe(404);
    }
    expect((await scheme('/index.html', { method: 'POST' })).status).toBe(403);
    const handler = session.defaultSession.protocolHandlers.get('anneal')!;
    expect((await handler(new Request('anneal://other/index.html'))).status).toBe(403);
  });

  it('reaches no network', async () => {
    await startShell();
    const { urls, listener } = session.defaultSession.network!;
    expect(urls).toEqual(expect.arrayContaining(['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'file://*/*']));
    const answer = vi.fn();
    (listener as (details: object, answer: (verdict: object) => void) => void)({}, answer);
    expect(answer).toHaveBeenCalledWith({ cancel: true });
  });

  it('stands again where it stood, as large as it was', async () => {
    const userData = temporaryFolder();
    await startShell({ userData });
    const first = newestWindow();
    first.bounds = { x: 300, y: 200, width: 1100, height: 700 };
    first.maximised = true;
    first.close();
    await eventually(async () => {
      await startShell({ userData });
      const second = newestWindow();
      expect(second.options).toMatchObject({ x: 300, y: 200, width: 1100, height: 700 });
      second.emit('ready-to-show');
      expect(second.maximised).toBe(true);
    });
  });
});
