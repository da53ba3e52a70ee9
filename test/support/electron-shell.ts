import { fileURLToPath } from 'node:url';
import { afterEach, expect, vi } from 'vitest';
import type { AnnealBridge, OpenedPath } from '../../src/protocol/bridge.ts';
import * as electron from './electron-stand-in.ts';
import { temporaryFolder } from './temporary-folder.ts';

const { app, state } = electron;

/** The shell's application with a real engine host under it, until the test has ended. */
export async function startShell(options: { workspace?: string; userData?: string; opened?: OpenedPath[] } = {}) {
  const { Application } = await import('../../electron/application.ts');
  state.userData = options.userData ?? temporaryFolder();
  const html = { bytes: Buffer.from('<!doctype html>'), contentType: 'text/html; charset=utf-8', immutable: false };
  const application = new Application({
    workspace: options.workspace ?? temporaryFolder(),
    engineEntry: fileURLToPath(new URL('../../electron/engine-host.ts', import.meta.url)),
    preload: 'preload.cjs',
    windowFiles: new Map([['/index.html', html]]),
    licences: 'THIRD-PARTY.txt',
  });
  application.start(options.opened ?? []);
  return application;
}

/** What the system does when a window has loaded its page: runs the real preload script. Gives the page's `window.anneal`. */
export async function loadPage(window = newestWindow()): Promise<AnnealBridge> {
  const page = window.webContents.begin('anneal://app/index.html');
  state.page = page;
  vi.resetModules();
  await import('../../electron/preload.ts');
  return (page.bridge as { anneal: AnnealBridge }).anneal;
}

export function newestWindow(): electron.BrowserWindow {
  return state.windows.at(-1)!;
}

/** Resolves when the link says `state`. */
export function linkIs(bridge: AnnealBridge, wanted: string): Promise<void> {
  return new Promise((resolve) => {
    bridge.onLink((link) => {
      if (link === wanted) resolve();
    });
  });
}

/** Tries until it holds; real processes take their time. */
export async function eventually(holds: () => void | Promise<void>): Promise<void> {
  await vi.waitFor(holds, { timeout: 60_000, interval: 50 });
}

/** To be called once by a test file: every application quits, and nothing of a test reaches the next. */
export function cleanUpShells(): void {
  afterEach(async () => {
    const children = state.utilities.splice(0).map(({ child }) => child);
    const alive = children.filter((child) => child.exitCode === null && child.signalCode === null);
    const gone = Promise.all(alive.map((child) => new Promise((resolve) => child.once('exit', resolve))));
    if (state.exitCode === null) app.quit();
    await gone;
    await eventually(() => expect(state.exitCode).not.toBeNull());
    app.removeAllListeners();
    state.ipcHandlers.clear();
    state.ipcListeners.removeAllListeners();
    Object.assign(state, { exitCode: null, hasLock: true, menu: [], openDialog: { canceled: true, filePaths: [] } });
    for (const list of [state.opened, state.shown, state.notifications, state.recent, state.errors, state.dialogs])
      list.splice(0);
    state.windows.splice(0);
  });
}
