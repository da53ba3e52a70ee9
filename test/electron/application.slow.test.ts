import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, vi } from 'vitest';
import type { MenuCommand, OpenedPath } from '../../src/protocol/bridge.ts';
import { cleanUpShells, eventually, linkIs, loadPage, newestWindow, startShell } from '../support/electron-shell.ts';
import { app, session, state } from '../support/electron-stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { tinyPictures } from '../support/tiny-training.ts';
import { bridgeClient } from '../support/window-client.ts';

vi.mock('electron', () => import('../support/electron-stand-in.ts'));
cleanUpShells();

describe('page', () => {
  it('talks to a real engine through its port', async () => {
    await startShell();
    const client = bridgeClient(await loadPage());
    const report = await client.call('doctor', {});
    expect(report.workspace).not.toBe('');
    await expect(client.call('showRun', { run: 'none' })).rejects.toMatchObject({ code: 'store.unknownRun' });
  });

  it('gets pictures of an opened dataset by addresses of the own scheme', async () => {
    await startShell();
    const client = bridgeClient(await loadPage());
    const folder = await tinyPictures(join(temporaryFolder(), 'pictures'));
    const { dataset } = await client.call('openDataset', { folder });
    const [label] = readdirSync(folder);
    const path = `${label}/${readdirSync(join(folder, label!))[0]}`;
    const address = (kind: string, more: object): string =>
      `anneal://app/media/${kind}?${new URLSearchParams({ dataset, path, ...more }).toString()}`;
    const handler = session.defaultSession.protocolHandlers.get('anneal')!;
    const thumbnail = await handler(new Request(address('thumbnail', { size: '128' })));
    expect(thumbnail.status).toBe(200);
    expect(thumbnail.headers.get('content-security-policy')).toContain("default-src 'none'");
    const { width } = await sharp(Buffer.from(await thumbnail.arrayBuffer())).metadata();
    expect(width).toBe(32);
    const outside = new Request(address('picture', { path: '../../etc/passwd' }));
    expect((await handler(outside)).status).toBe(404);
    state.utilities[0]!.child.kill('SIGKILL');
    await eventually(async () => expect((await handler(new Request(address('picture', {})))).status).toBe(503));
  });

  it('is told when the engine host dies, and gets a new one', async () => {
    await startShell();
    const bridge = await loadPage();
    const client = bridgeClient(bridge);
    await client.call('listRuns', {});
    const links: string[] = [];
    bridge.onLink((link) => links.push(link));
    const [first] = state.utilities;
    first!.child.kill('SIGKILL');
    await eventually(() => expect(links).toEqual(['up', 'lost', 'up']));
    expect(state.utilities).toHaveLength(2);
    expect(state.utilities[1]!.pid).not.toBe(first!.pid);
    expect(await client.call('listRuns', {})).toEqual([]);
  });

  it('is joined anew after a reload', async () => {
    await startShell();
    await bridgeClient(await loadPage()).call('listRuns', {});
    const again = bridgeClient(await loadPage());
    expect(await again.call('listRuns', {})).toEqual([]);
    expect(state.utilities).toHaveLength(1);
  });

  it('hears of a workspace that cannot be opened by a sentence, and the application ends', async () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, '');
    await startShell({ workspace: join(file, 'workspace') });
    await eventually(() => expect(state.exitCode).toBe(1));
    expect(state.errors).toHaveLength(1);
    expect(state.errors[0]).toMatch(/^Anneal cannot start: /);
    expect(state.utilities).toHaveLength(1);
  });

  it('gets menu commands and what is opened, also what came before it', async () => {
    const folder = temporaryFolder();
    const application = await startShell({ opened: [{ kind: 'folder', path: folder }] });
    const bridge = await loadPage();
    const opened: OpenedPath[] = [];
    const commands: MenuCommand[] = [];
    await linkIs(bridge, 'up');
    const end = bridge.onOpened((path) => opened.push(path));
    bridge.onMenu((command) => commands.push(command));
    application.open([{ kind: 'bundle', path: '/models/roses.anneal' }]);
    await eventually(() =>
      expect(opened).toEqual([
        { kind: 'folder', path: folder },
        { kind: 'bundle', path: '/models/roses.anneal' },
      ]),
    );
    const items = state.menu.flatMap(({ submenu }) => submenu ?? []);
    items.find(({ id }) => id === 'palette')!.click!();
    await eventually(() => expect(commands).toEqual(['palette']));
    end();
    application.open([{ kind: 'folder', path: folder }]);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(opened).toHaveLength(2);
  });

  it('changes the language of the menu and keeps it', async () => {
    const userData = temporaryFolder();
    await startShell({ userData });
    const bridge = await loadPage();
    bridge.setAppearance({ language: 'ru', theme: 'dark' });
    await eventually(() => expect(state.menu.map(({ label }) => label)).toContain('Файл'));
    newestWindow().close();
    await eventually(async () => {
      await startShell({ userData });
      expect(state.menu.map(({ label }) => label)).toContain('Файл');
    });
  });
});

describe('application without work', () => {
  it('ends when its window is closed', async () => {
    await startShell();
    const client = bridgeClient(await loadPage());
    await client.call('listRuns', {});
    newestWindow().close();
    await eventually(() => expect(state.exitCode).toBe(0));
    expect(state.utilities[0]!.child.exitCode).toBe(0);
  });

  it('closes the engine before it quits', async () => {
    await startShell();
    const client = bridgeClient(await loadPage());
    await client.call('listRuns', {});
    app.quit();
    expect(state.exitCode).toBeNull();
    expect(state.windows).toEqual([]);
    await eventually(() => expect(state.exitCode).toBe(0));
    expect(state.utilities[0]!.child.exitCode).toBe(0);
  });
});
