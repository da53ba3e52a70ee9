import { BrowserWindow, nativeTheme } from 'electron';
import { watchGestures } from './permissions.ts';
import type { WindowPlace } from './preferences.ts';
import { startPage } from './scheme.ts';
import { placeToOpen, smallest, watchPlace } from './window-place.ts';

export interface MainWindowOptions {
  readonly preload: string;
  readonly place: WindowPlace | null;
  readonly keepPlace: (place: WindowPlace) => void;
  readonly isDevelopment: boolean;
}

/** `canvas` of the window's tokens: what is seen until the page has painted. */
const canvas = { light: '#F5F6F8', dark: '#0F1116' };

/** The application's window: a sandboxed page of our own scheme that sees nothing of Node but the preload script's object. */
export function openMainWindow(options: MainWindowOptions): BrowserWindow {
  const { place } = options;
  const window = new BrowserWindow({
    ...placeToOpen(place),
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title: 'Anneal',
    backgroundColor: nativeTheme.shouldUseDarkColors ? canvas.dark : canvas.light,
    webPreferences: {
      preload: options.preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // Its dictionaries come from the network.
      spellcheck: false,
      devTools: options.isDevelopment,
    },
  });
  watchGestures(window.webContents);
  watchPlace(window, options.keepPlace);
  window.once('ready-to-show', () => {
    if (place?.maximised) window.maximize();
    if (place?.fullScreen) window.setFullScreen(true);
    window.show();
  });
  // A page that crashed is loaded again, and finds the true state; one that crashes at once again stays as it is.
  let reloadedAt = -Infinity;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || performance.now() - reloadedAt < 10_000) return;
    reloadedAt = performance.now();
    window.webContents.reload();
  });
  void window.loadURL(startPage);
  return window;
}

/** Brings a window to the front, from wherever it is. */
export function focus(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
