import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { openedPath, pathsInArguments } from '../../electron/opened-paths.ts';
import type { OpenedPath } from '../../src/protocol/bridge.ts';
import { cleanUpShells, eventually, loadPage, newestWindow } from '../support/electron-shell.ts';
import { app, cancellable, state } from '../support/electron-stand-in.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

vi.mock('electron', () => import('../support/electron-stand-in.ts'));
cleanUpShells();
const { runApplication } = await import('../../electron/run-application.ts');

/** A folder with a dataset's folder, a bundle, a picture and a text. */
function things() {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'flowers'));
  for (const name of ['roses.anneal', 'rose.JPG', 'notes.txt']) writeFileSync(join(folder, name), '');
  return folder;
}

function layout() {
  const windowFolder = temporaryFolder();
  writeFileSync(join(windowFolder, 'index.html'), '<!doctype html>');
  state.userData = temporaryFolder();
  app.commandLine.getSwitchValue = () => join(state.userData, 'workspace');
  return {
    windowFolder,
    engineEntry: fileURLToPath(new URL('../../electron/engine-host.ts', import.meta.url)),
    preload: 'preload.cjs',
    licences: 'NOTICE',
    // What the process of the tests was started with is nothing to open.
    ownArguments: Infinity,
  };
}

describe('paths from outside', () => {
  it('are folders, bundles and pictures', () => {
    const folder = things();
    expect(openedPath(join(folder, 'flowers'))).toEqual({ kind: 'folder', path: join(folder, 'flowers') });
    expect(openedPath(join(folder, 'roses.anneal'))).toEqual({ kind: 'bundle', path: join(folder, 'roses.anneal') });
    expect(openedPath(join(folder, 'rose.JPG'))).toEqual({ kind: 'picture', path: join(folder, 'rose.JPG') });
    expect(openedPath(join(folder, 'notes.txt'))).toBeNull();
    expect(openedPath(join(folder, 'nothing'))).toBeNull();
  });

  it('are found among the arguments, relative to where they were typed', () => {
    const folder = things();
    const argv = [
      '/opt/Anneal/anneal',
      '--no-sandbox',
      'flowers',
      join(folder, 'roses.anneal'),
      'nothing',
      '--flowers',
    ];
    expect(pathsInArguments(argv, folder, 1)).toEqual([
      { kind: 'folder', path: join(folder, 'flowers') },
      { kind: 'bundle', path: join(folder, 'roses.anneal') },
    ]);
  });
});

describe('a second start', () => {
  it('hands over and ends at once', async () => {
    state.hasLock = false;
    await runApplication(layout());
    expect(state.exitCode).toBe(0);
    expect(state.windows).toEqual([]);
    expect(state.utilities).toEqual([]);
  });

  it('focuses the window of the first and opens there what it was given', async () => {
    const parts = layout();
    await runApplication({ ...parts, ownArguments: 1 });
    expect(state.windows).toHaveLength(1);
    const bridge = await loadPage();
    const opened: OpenedPath[] = [];
    bridge.onOpened((path) => opened.push(path));
    const folder = things();
    newestWindow().focused = false;
    app.emit('second-instance', {}, ['/opt/Anneal/anneal', 'roses.anneal'], folder);
    await eventually(() => expect(opened).toEqual([{ kind: 'bundle', path: join(folder, 'roses.anneal') }]));
    expect(state.windows).toHaveLength(1);
    expect(newestWindow().focused).toBe(true);
  });

  it('takes files from the system, also before the window is there', async () => {
    const folder = things();
    const started = runApplication(layout());
    const event = cancellable();
    app.emit('open-file', event, join(folder, 'roses.anneal'));
    expect(event.prevented).toBe(true);
    await started;
    const bridge = await loadPage();
    const opened: OpenedPath[] = [];
    bridge.onOpened((path) => opened.push(path));
    app.emit('open-file', cancellable(), join(folder, 'rose.JPG'));
    await eventually(() => expect(opened.map(({ kind }) => kind)).toEqual(['bundle', 'picture']));
  });

  it('tells in a sentence that the window is not built', async () => {
    const parts = layout();
    await runApplication({ ...parts, windowFolder: temporaryFolder() });
    expect(state.exitCode).toBe(1);
    expect(state.errors).toHaveLength(1);
  });
});
