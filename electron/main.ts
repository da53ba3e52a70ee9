import { app } from 'electron';
import { join } from 'node:path';
import { runApplication } from './run-application.ts';

/** Entry of the desktop application, bundled into dist/electron. */
const root = join(import.meta.dirname, '..', '..');
/** In a package, what runs as plain Node stands outside the archive. */
const engineRoot = app.isPackaged ? join(process.resourcesPath, 'engine') : root;

void runApplication({
  windowFolder: join(root, 'dist', 'renderer'),
  engineEntry: join(engineRoot, 'dist', 'electron', 'engine-host.js'),
  preload: join(import.meta.dirname, 'preload.cjs'),
  licences: join(engineRoot, app.isPackaged ? 'THIRD-PARTY.txt' : 'NOTICE'),
  ownArguments: app.isPackaged ? 1 : 2,
});
