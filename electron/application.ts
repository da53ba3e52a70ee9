import { app, dialog, Menu, MessageChannelMain, nativeTheme, session, shell, type BrowserWindow } from 'electron';
import { join } from 'node:path';
import type { ErrorData } from '../src/base/errors.ts';
import type { WindowFile } from '../src/host/window-files.ts';
import { describeError } from '../src/messages/describe.ts';
import type { Language } from '../src/base/language.ts';
import type { Appearance, MenuCommand, OpenedPath } from '../src/protocol/bridge.ts';
import { channels } from './channels.ts';
import { EngineProcess } from './engine-process.ts';
import type { EndedRun, RunActivity } from './host-messages.ts';
import { focus, openMainWindow } from './main-window.ts';
import { menuTemplate } from './menu.ts';
import { guardPermissions } from './permissions.ts';
import { PreferencesFile } from './preferences.ts';
import { answerRequests } from './requests.ts';
import { notifyOfEnd, notifyOfWork, showProgress } from './run-display.ts';
import { serveScheme } from './scheme.ts';
import { shellText } from './shell-text.ts';

export interface ApplicationOptions {
  readonly workspace: string;
  /** The bundled engine-host.js and preload.cjs. */
  readonly engineEntry: string;
  readonly preload: string;
  readonly windowFiles: ReadonlyMap<string, WindowFile>;
  /** A text file with the licences of what is shipped. */
  readonly licences: string;
}

/** What a run may take to stop behind a checkpoint when the application quits. */
const closeMilliseconds = 30_000;
/** For a run that was started just before the window was closed to be known here. */
const settleMilliseconds = 500;
/** For a click on the notification, before an application without window and work ends. */
const lingerMilliseconds = 60_000;

/**
 * The desktop application after it is ready: one window at most, the engine host beside it. Closing the window ends the
 * application only where nothing is trained; what is trained goes on, and a second start or the dock brings the window back.
 */
export class Application {
  readonly #options: ApplicationOptions;
  readonly #preferences = new PreferencesFile(join(app.getPath('userData'), 'shell.json'));
  readonly #engine: EngineProcess;
  #window: BrowserWindow | null = null;
  /** The page has said that it is there, and since then shows no other. */
  #pageIsThere = false;
  /** What the page is to hear once it is there. */
  #waiting: (readonly [channel: string, value: unknown])[] = [];
  #recentFolders: readonly string[] = [];
  #linger: NodeJS.Timeout | null = null;
  #isWorking = false;
  #quit: 'no' | 'closing' | 'closed' = 'no';

  constructor(options: ApplicationOptions) {
    this.#options = options;
    const { engineEntry: entry, workspace } = options;
    this.#engine = new EngineProcess(
      { entry, workspace },
      {
        up: () => this.#connect(),
        lost: () => this.#window?.webContents.send(channels.lost),
        failed: (error) => this.#giveUp(error),
        activity: (activity) => this.#showActivity(activity),
        ended: (run) => this.#tellEnd(run),
        recent: (folders) => this.#showRecent(folders),
      },
    );
  }

  start(opened: readonly OpenedPath[]): void {
    const ownSession = session.defaultSession;
    serveScheme(ownSession, {
      files: this.#options.windowFiles,
      media: (address, signal) => this.#engine.media(address, signal),
    });
    guardPermissions(ownSession, (contents) => contents === this.#window?.webContents);
    // The window needs nothing from any network; what it cannot ask for cannot leak.
    const network = { urls: ['http://*/*', 'https://*/*', 'ws://*/*', 'wss://*/*', 'ftp://*/*', 'file://*/*'] };
    ownSession.webRequest.onBeforeRequest(network, (_details, answer) => answer({ cancel: true }));
    answerRequests({
      window: () => this.#window,
      text: () => shellText(this.#language),
      connect: () => this.#pageCame(),
      appearance: (appearance) => this.#setAppearance(appearance),
    });
    app.on('window-all-closed', () => this.#endIfIdle(settleMilliseconds));
    app.on('activate', () => this.showWindow());
    app.on('before-quit', (event) => this.#beforeQuit(event));
    nativeTheme.themeSource = this.#preferences.current.appearance?.theme ?? 'system';
    this.#setMenu();
    this.#engine.start();
    this.open(opened);
  }

  /** Shows the window, and in it what was opened from outside. */
  open(paths: readonly OpenedPath[]): void {
    for (const path of paths) this.#tell(channels.opened, path);
    this.showWindow();
  }

  showWindow(): void {
    if (this.#quit !== 'no') return;
    if (this.#window) return focus(this.#window);
    const window = openMainWindow({
      preload: this.#options.preload,
      place: this.#preferences.current.window,
      keepPlace: (place) => void this.#preferences.change({ window: place }),
      isDevelopment: !app.isPackaged,
    });
    this.#window = window;
    window.webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
      if (isMainFrame && !isSameDocument) this.#pageIsThere = false;
    });
    window.on('closed', () => {
      this.#window = null;
      this.#pageIsThere = false;
      showProgress(null, this.#engine.activity);
      if (this.#isWorking && this.#quit === 'no') notifyOfWork(this.#language, () => this.showWindow());
    });
    // Windows ends the session without asking twice.
    window.on('session-end', () => void this.#engine.close(3000));
    showProgress(window, this.#engine.activity);
  }

  get #language(): Language {
    return this.#preferences.current.appearance?.language ?? (app.getLocale().startsWith('ru') ? 'ru' : 'en');
  }

  /** Now, or as soon as the page is there. */
  #tell(channel: string, value: unknown): void {
    if (this.#pageIsThere) this.#window?.webContents.send(channel, value);
    else this.#waiting.push([channel, value]);
  }

  #pageCame(): void {
    this.#pageIsThere = true;
    this.#connect();
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const [channel, value] of waiting) this.#tell(channel, value);
  }

  /** Joins page and engine host, if both are there; from then on they talk past this process. */
  #connect(): void {
    if (!this.#pageIsThere || !this.#engine.isUp || !this.#window) return;
    const { port1, port2 } = new MessageChannelMain();
    this.#engine.connect(port1);
    this.#window.webContents.postMessage(channels.port, null, [port2]);
  }

  #setMenu(): void {
    const send = (command: MenuCommand): void => {
      this.#tell(channels.menu, command);
      this.showWindow();
    };
    const template = menuTemplate({
      text: shellText(this.#language),
      isMac: process.platform === 'darwin',
      isDevelopment: !app.isPackaged,
      recentFolders: this.#recentFolders,
      send,
      openFolder: (path) => this.open([{ kind: 'folder', path }]),
      showLicences: () => void shell.openPath(this.#options.licences),
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  }

  #setAppearance(appearance: Appearance): void {
    const before = this.#language;
    void this.#preferences.change({ appearance });
    nativeTheme.themeSource = appearance.theme;
    if (this.#language !== before) this.#setMenu();
  }

  #showRecent(folders: readonly string[]): void {
    const [newest] = folders;
    // The system's own list, in the dock and the taskbar.
    if (newest !== undefined && newest !== this.#recentFolders[0]) app.addRecentDocument(newest);
    this.#recentFolders = folders;
    this.#setMenu();
  }

  #showActivity(activity: RunActivity): void {
    showProgress(this.#window, activity);
    const isWorking = activity.runIds.length > 0;
    if (this.#isWorking && !isWorking) this.#endIfIdle(lingerMilliseconds);
    this.#isWorking = isWorking;
  }

  #tellEnd(run: EndedRun): void {
    if (!this.#window?.isFocused()) notifyOfEnd(run, this.#language, () => this.showWindow());
  }

  /** An application without window and work ends; on macOS it stays in the dock, as all do there. */
  #endIfIdle(wait: number): void {
    const isIdle = (): boolean => !this.#window && !this.#isWorking;
    if (process.platform === 'darwin' || this.#quit !== 'no' || !isIdle()) return;
    if (this.#linger) clearTimeout(this.#linger);
    this.#linger = setTimeout(() => {
      if (isIdle()) app.quit();
    }, wait);
  }

  /** Quitting waits until runs have stopped behind a checkpoint. */
  #beforeQuit(event: { preventDefault(): void }): void {
    if (this.#quit === 'closed') return;
    event.preventDefault();
    if (this.#quit === 'closing') return;
    this.#quit = 'closing';
    this.#window?.close();
    void this.#engine
      .close(closeMilliseconds)
      .then(() => this.#preferences.change({}))
      .finally(() => {
        this.#quit = 'closed';
        app.quit();
      });
  }

  #giveUp(error: ErrorData): void {
    const { message, hint } = describeError(error, this.#language);
    dialog.showErrorBox(shellText(this.#language).menu.cannotStart, hint ? `${message}\n\n${hint}` : message);
    this.#quit = 'closed';
    app.exit(1);
  }
}
