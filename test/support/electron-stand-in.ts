import { EventEmitter } from 'node:events';
import type { MessagePort } from 'node:worker_threads';
import { MessageChannelMain, MessagePortMain, UtilityProcess } from './electron-utility.ts';

/**
 * The parts of the 'electron' module that the shell uses, without windows: what the shell does is recorded, and a test plays the
 * system and the page. Utility processes are real processes. `vi.mock('electron', () => import('…/electron-stand-in.ts'))`.
 *
 * The state outlives `vi.resetModules`, so that a page can be loaded again.
 */
type Listener = (...values: never[]) => void;
type Handler = (event: unknown, input: unknown) => unknown;

class State {
  readonly ipcHandlers = new Map<string, Handler>();
  readonly ipcListeners = new EventEmitter();
  readonly windows: BrowserWindow[] = [];
  /** Whose preload script is being run. */
  page: PageEnd | null = null;
  menu: MenuItem[] = [];
  readonly opened: string[] = [];
  readonly shown: string[] = [];
  readonly notifications: { title: string; body: string; click: () => void }[] = [];
  readonly recent: string[] = [];
  readonly errors: string[] = [];
  readonly utilities: UtilityProcess[] = [];
  exitCode: number | null = null;
  hasLock = true;
  userData = '';
  locale = 'en-GB';
  displays = [{ workArea: { x: 0, y: 0, width: 1920, height: 1040 } }];
  openDialog: { canceled: boolean; filePaths: string[] } = { canceled: true, filePaths: [] };
  saveDialog: { canceled: boolean; filePath: string } = { canceled: true, filePath: '' };
  readonly dialogs: Record<string, unknown>[] = [];
}

const holder = globalThis as { electronStandIn?: State };
export const state = (holder.electronStandIn ??= new State());

interface MenuItem {
  readonly id?: string;
  readonly label?: string;
  readonly role?: string;
  readonly accelerator?: string;
  readonly click?: () => void;
  readonly submenu?: MenuItem[];
}

// --- application

class App extends EventEmitter {
  isPackaged = false;
  readonly dock = undefined;
  readonly commandLine = { getSwitchValue: () => '' };
  getPath = (): string => state.userData;
  getLocale = (): string => state.locale;
  enableSandbox = (): void => undefined;
  setAppUserModelId = (): void => undefined;
  setAboutPanelOptions = (): void => undefined;
  requestSingleInstanceLock = (): boolean => state.hasLock;
  whenReady = (): Promise<void> => Promise.resolve();
  addRecentDocument = (path: string): void => void state.recent.push(path);

  /** As Electron: asks all, then closes the windows, then ends. */
  quit = (): void => {
    const event = cancellable();
    this.emit('before-quit', event);
    if (event.prevented) return;
    for (const window of [...state.windows]) window.close();
    state.exitCode = 0;
  };

  exit = (code: number): void => {
    state.exitCode = code;
  };
}

const appHolder = globalThis as { electronApp?: App };
export const app = (appHolder.electronApp ??= new App());

export function cancellable() {
  const event = { prevented: false, preventDefault: () => void (event.prevented = true) };
  return event;
}

// --- windows

interface PageEnd {
  readonly contents: WebContents;
  readonly listeners: EventEmitter;
  readonly ports: MessagePort[];
  bridge: unknown;
}

export class WebContents extends EventEmitter {
  readonly mainFrame = { url: '', parent: null };
  readonly session = session.defaultSession;
  windowOpen: (details: { url: string }) => { action: string } = () => ({ action: 'allow' });
  #page: PageEnd | null = null;

  setWindowOpenHandler = (handler: (details: { url: string }) => { action: string }): void => {
    this.windowOpen = handler;
  };

  /** A page begins: what was sent to the one before is lost. Give `page` to the preload script by `state.page`. */
  begin(url: string): PageEnd {
    this.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false, url });
    this.end();
    this.mainFrame.url = url;
    this.#page = { contents: this, listeners: new EventEmitter(), ports: [], bridge: null };
    this.emit('did-navigate', {}, url);
    return this.#page;
  }

  /** The page goes, and its ports with it. */
  end(): void {
    this.#page?.ports.forEach((port) => port.close());
    this.#page = null;
  }

  send = (channel: string, value?: unknown): void => this.#deliver(channel, value, []);
  postMessage = (channel: string, value: unknown, ports: MessagePortMain[] = []): void =>
    this.#deliver(
      channel,
      value,
      ports.map((port) => port.transfer()),
    );
  reload = (): void => void this.emit('stand-in-reload');

  #deliver(channel: string, value: unknown, ports: MessagePort[]): void {
    const page = this.#page;
    const copy: unknown = structuredClone(value);
    page?.ports.push(...ports);
    setImmediate(() => page?.listeners.emit(channel, { ports }, copy));
  }
}

export class BrowserWindow extends EventEmitter {
  readonly webContents: WebContents;
  readonly options: Record<string, unknown>;
  progress: readonly [number, unknown] = [-1, {}];
  url = '';
  bounds = { x: 10, y: 20, width: 1280, height: 860 };
  maximised = false;
  focused = false;
  shows = 0;

  constructor(options: Record<string, unknown>) {
    super();
    this.options = options;
    this.bounds = { ...this.bounds, ...(options as object) };
    this.webContents = new WebContents();
    state.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL = (url: string): Promise<void> => {
    this.url = url;
    return Promise.resolve();
  };
  setProgressBar = (value: number, options: unknown): void => {
    this.progress = [value, options];
  };
  isFocused = (): boolean => this.focused;
  isMinimized = (): boolean => false;
  isMaximized = (): boolean => this.maximised;
  isFullScreen = (): boolean => false;
  getNormalBounds = () => {
    const { x, y, width, height } = this.bounds;
    return { x, y, width, height };
  };
  maximize = (): void => {
    this.maximised = true;
  };
  setFullScreen = (): void => undefined;
  restore = (): void => undefined;
  show = (): void => void this.shows++;
  focus = (): void => {
    this.focused = true;
  };
  close = (): void => {
    this.emit('close');
    this.webContents.end();
    state.windows.splice(state.windows.indexOf(this), 1);
    this.emit('closed');
    if (state.windows.length === 0) app.emit('window-all-closed');
  };
}

// --- messages between page and main process

export const ipcMain = {
  handle: (channel: string, handler: Handler) => void state.ipcHandlers.set(channel, handler),
  on: (channel: string, listener: Listener) => void state.ipcListeners.on(channel, listener as never),
};

const senderOf = (page: PageEnd) => ({ sender: page.contents, senderFrame: page.contents.mainFrame });

/** Of the page whose preload script was loaded last. */
export const ipcRenderer = {
  on: (channel: string, listener: Listener) => void state.page!.listeners.on(channel, listener as never),
  send: (channel: string, value?: unknown) => {
    const copy: unknown = structuredClone(value);
    const event = senderOf(state.page!);
    setImmediate(() => state.ipcListeners.emit(channel, event, copy));
  },
  invoke: async (channel: string, value?: unknown) => {
    const copy: unknown = structuredClone(value);
    return structuredClone(await state.ipcHandlers.get(channel)!(senderOf(state.page!), copy));
  },
};

export const contextBridge = {
  exposeInMainWorld: (name: string, object: unknown) => {
    state.page!.bridge = { [name]: object };
  },
};

export const webUtils = { getPathForFile: (file: { path?: string }) => file.path ?? '' };

export { MessageChannelMain, MessagePortMain, UtilityProcess };

export const utilityProcess = {
  fork: (entry: string, args: readonly string[]) => {
    const utility = new UtilityProcess(entry, args);
    state.utilities.push(utility);
    return utility;
  },
};

// --- the rest

class Session {
  protocolHandlers = new Map<string, (request: Request) => Promise<Response>>();
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Promise<Response>) =>
      void this.protocolHandlers.set(scheme, handler),
  };
  permissionRequest: Listener = () => undefined;
  permissionCheck: (...values: unknown[]) => boolean = () => true;
  devicePermission: () => boolean = () => true;
  network: { urls: string[]; listener: Listener } | null = null;
  readonly webRequest = {
    onBeforeRequest: (filter: { urls: string[] }, listener: Listener) => {
      this.network = { urls: filter.urls, listener };
    },
  };
  setPermissionRequestHandler = (handler: Listener): void => void (this.permissionRequest = handler);
  setPermissionCheckHandler = (handler: (...values: unknown[]) => boolean): void =>
    void (this.permissionCheck = handler);
  setDevicePermissionHandler = (handler: () => boolean): void => void (this.devicePermission = handler);
  setDisplayMediaRequestHandler = (): void => undefined;
}

const sessionHolder = globalThis as { electronSession?: Session };
export const session = { defaultSession: (sessionHolder.electronSession ??= new Session()) };

export const protocol = { registerSchemesAsPrivileged: () => undefined };
export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };
export const screen = {
  getPrimaryDisplay: () => state.displays[0]!,
  getAllDisplays: () => state.displays,
};
export const systemPreferences = { askForMediaAccess: () => Promise.resolve(true) };
export const shell = {
  openExternal: (url: string) => Promise.resolve(void state.opened.push(url)),
  openPath: (path: string) => Promise.resolve(void state.opened.push(path)),
  showItemInFolder: (path: string) => void state.shown.push(path),
};
export const dialog = {
  showOpenDialog: (_window: unknown, options: Record<string, unknown>) => {
    state.dialogs.push(options);
    return Promise.resolve(state.openDialog);
  },
  showSaveDialog: (_window: unknown, options: Record<string, unknown>) => {
    state.dialogs.push(options);
    return Promise.resolve(state.saveDialog);
  },
  showErrorBox: (title: string, text: string) => void state.errors.push(`${title}: ${text}`),
};
export const Menu = {
  buildFromTemplate: (template: MenuItem[]) => template,
  setApplicationMenu: (menu: MenuItem[]) => void (state.menu = menu),
};

export class Notification {
  static isSupported = (): boolean => true;
  readonly #entry: { title: string; body: string; click: () => void };

  constructor(options: { title: string; body: string }) {
    this.#entry = { ...options, click: () => undefined };
  }

  on = (event: string, listener: () => void): void => {
    if (event === 'click') this.#entry.click = listener;
  };
  show = (): void => void state.notifications.push(this.#entry);
}
