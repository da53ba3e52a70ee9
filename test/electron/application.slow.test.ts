import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { bridgeClient } from '../../renderer/client/bridge-client.ts';
import type { MenuCommand, OpenedPath } from '../../src/protocol/bridge.ts';
import { cleanUpShells, eventually, linkIs, loadPage, newestWindow, startShell } from '../support/electron-shell.ts';
import { app, state } from '../support/electron-stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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
