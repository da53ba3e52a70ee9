import { app, dialog } from 'electron';
import { join, resolve } from 'node:path';
import { toFailure } from '../src/base/failure.ts';
import { defaultWorkspace } from '../src/engine/default-workspace.ts';
import { readWindowFiles } from '../src/host/window-files.ts';
import { describeError } from '../src/messages/describe.ts';
import type { OpenedPath } from '../src/protocol/bridge.ts';
import { Application } from './application.ts';
import { guardNavigation } from './navigation.ts';
import { openedPath, pathsInArguments } from './opened-paths.ts';
import { registerScheme } from './scheme.ts';

/** Entry of the desktop application. `--workspace=FOLDER` keeps everything elsewhere than in the user's own place. */
const root = join(import.meta.dirname, '..', '..');
/** In a package, what runs as plain Node stands outside the archive. */
const engineRoot = app.isPackaged ? join(process.resourcesPath, 'engine') : root;
const ownArguments = app.isPackaged ? 1 : 2;

registerScheme();
app.enableSandbox();
app.setAppUserModelId('org.anneal.desktop');
app.setAboutPanelOptions({ applicationName: 'Anneal', copyright: 'Apache License 2.0' });
app.on('web-contents-created', (_event, contents) => guardNavigation(contents));

if (app.requestSingleInstanceLock()) start().catch(giveUp);
else app.exit(0);

function giveUp(error: unknown): void {
  const { message, hint } = describeError(toFailure(error));
  dialog.showErrorBox('Anneal', hint ? `${message}\n\n${hint}` : message);
  app.exit(1);
}

async function start(): Promise<void> {
  let application: Application | null = null;
  let early: OpenedPath[] = pathsInArguments(process.argv, process.cwd(), ownArguments);
  const open = (paths: readonly OpenedPath[]): void => {
    if (application) application.open(paths);
    else early = [...early, ...paths];
  };
  app.on('second-instance', (_event, argv, workingFolder) => open(pathsInArguments(argv, workingFolder, ownArguments)));
  // macOS hands over files this way, often before the application is ready.
  app.on('open-file', (event, path) => {
    event.preventDefault();
    const opened = openedPath(path);
    open(opened ? [opened] : []);
  });
  await app.whenReady();
  application = new Application({
    workspace: resolve(app.commandLine.getSwitchValue('workspace') || defaultWorkspace()),
    engineEntry: join(engineRoot, 'dist', 'electron', 'engine-host.js'),
    preload: join(import.meta.dirname, 'preload.cjs'),
    windowFiles: await readWindowFiles(join(root, 'dist', 'renderer')),
    licences: join(engineRoot, app.isPackaged ? 'THIRD-PARTY.txt' : 'NOTICE'),
  });
  application.start(early);
}
