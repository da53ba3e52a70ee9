import { app, dialog } from 'electron';
import { resolve } from 'node:path';
import { toFailure } from '../src/base/failure.ts';
import { defaultWorkspace } from '../src/engine/default-workspace.ts';
import { readWindowFiles } from '../src/host/window-files.ts';
import { describeError } from '../src/messages/describe.ts';
import type { OpenedPath } from '../src/protocol/bridge.ts';
import { Application } from './application.ts';
import { guardNavigation } from './navigation.ts';
import { openedPath, pathsInArguments } from './opened-paths.ts';
import { registerScheme } from './scheme.ts';

/** Where the parts of the application are; absolute paths. */
export interface ApplicationLayout {
  /** Of the built window. */
  readonly windowFolder: string;
  readonly engineEntry: string;
  readonly preload: string;
  readonly licences: string;
  /** How many of the process's arguments name the program. */
  readonly ownArguments: number;
}

/**
 * Starts the application, or hands what it was started with to the one that runs already. `--workspace=FOLDER` on the command line
 * keeps everything elsewhere than in the user's own place.
 */
export async function runApplication(layout: ApplicationLayout): Promise<void> {
  registerScheme();
  app.enableSandbox();
  app.setAppUserModelId('org.anneal.desktop');
  app.setAboutPanelOptions({ applicationName: 'Anneal', copyright: 'Apache License 2.0' });
  app.on('web-contents-created', (_event, contents) => guardNavigation(contents));
  // The other one gets the arguments by its 'second-instance'.
  if (!app.requestSingleInstanceLock()) return app.exit(0);

  const { ownArguments } = layout;
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
  try {
    await app.whenReady();
    application = new Application({
      workspace: resolve(app.commandLine.getSwitchValue('workspace') || defaultWorkspace()),
      engineEntry: layout.engineEntry,
      preload: layout.preload,
      windowFiles: await readWindowFiles(layout.windowFolder),
      licences: layout.licences,
    });
    application.start(early);
  } catch (error) {
    const { message, hint } = describeError(toFailure(error));
    dialog.showErrorBox('Anneal', hint ? `${message}\n\n${hint}` : message);
    app.exit(1);
  }
}
