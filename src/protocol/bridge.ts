import type { FileKind } from './file-kinds.ts';
import type { FromHost, ToHost } from './wire.ts';

/**
 * What the preload script gives a window of the desktop application as `window.anneal`, and nothing beside it. In a browser the
 * object is absent. Everything that crosses is a copy; `$state` proxies cannot cross.
 *
 * What needs no word of the window is not here: the title follows `document.title`; progress in dock or taskbar, the notification
 * at a run's end and the menu of recent folders come from the engine host, so that they go on while no window is open.
 */
export interface AnnealBridge {
  readonly platform: 'linux' | 'darwin' | 'win32';

  /** Sends a message to the engine host. While the link is not 'up' it is dropped: nothing would answer it. */
  send(message: ToHost): void;
  onMessage(listener: (message: FromHost) => void): Unsubscribe;
  /**
   * Tells the state at once, then each change. After 'lost' nothing that was asked before is answered; at the next 'up' the host
   * is a new one, which knows no subscription: fetch the state again and subscribe from its `seq`.
   */
  onLink(listener: (state: BridgeLink) => void): Unsubscribe;

  /** The system's dialog. null: closed without a choice. */
  chooseFolder(): Promise<string | null>;
  /** Absolute paths; empty: closed without a choice. */
  chooseFiles(choice: FileChoice): Promise<readonly string[]>;
  /** Where to write; the system has asked before an existing file is replaced. null: closed without a choice. */
  saveDialog(choice: SaveChoice): Promise<string | null>;
  /** Opens the file manager with the file or folder selected. */
  showInFolder(path: string): Promise<void>;
  /** Opens a page in the user's browser. Only addresses that `isAllowedLink` knows; the others are refused. */
  openExternal(url: string): Promise<void>;
  /** The absolute path of a dropped or chosen file or folder; null for one that exists in memory only, as after a paste. */
  pathOfFile(file: File): string | null;

  /** A choice in the native menu, or its shortcut where the page left the key alone (a handled key never reaches the menu). */
  onMenu(listener: (command: MenuCommand) => void): Unsubscribe;
  /** A folder, bundle or picture from outside: file manager, dock, recent folders, a second start. Kept until somebody listens. */
  onOpened(listener: (opened: OpenedPath) => void): Unsubscribe;

  /** The language and theme of the settings, for the menu and the frame of the window. */
  setAppearance(appearance: Appearance): void;
}

export type Unsubscribe = () => void;

/** 'lost': the engine host has ended and is being started again. */
export type BridgeLink = 'connecting' | 'up' | 'lost';

export interface FileChoice {
  readonly kind: FileKind;
  readonly multiple: boolean;
}

export interface SaveChoice {
  /** A file name, without folder. */
  readonly suggestedName: string;
  /** Without dot; absent where a folder is written. */
  readonly extension?: string;
}

export interface OpenedPath {
  readonly kind: 'folder' | 'bundle' | 'picture';
  readonly path: string;
}

export interface Appearance {
  readonly language: 'en' | 'ru';
  readonly theme: 'system' | 'light' | 'dark';
}

/** Where `go.*` leads: the six steps, the library, and the strip with the running job. */
export const menuPlaces = [
  'start',
  'pictures',
  'train',
  'run',
  'ensemble',
  'tryIt',
  'export',
  'models',
  'runs',
  'job',
] as const;
export type MenuPlace = (typeof menuPlaces)[number];

/**
 * `undo` and `redo` mean the text where a text field has the focus (`document.execCommand`), else the last change. Cut, copy and
 * paste reach the page as the usual events; reload and full screen are done by the shell.
 */
export const menuActions = [
  'openFolder',
  'openBundle',
  'openSample',
  'palette',
  'primary',
  'pauseOrResume',
  'undo',
  'redo',
  'find',
  'toggleNavigation',
  'toggleInspector',
  'settings',
  'shortcuts',
  'back',
  'forward',
  'nextRegion',
  'previousRegion',
] as const;
type MenuAction = (typeof menuActions)[number];

export type MenuCommand = MenuAction | `go.${MenuPlace}`;

/** Hosts that links in the window may lead to: where models, papers and this application are published. */
const linkHosts = ['arxiv.org', 'doi.org', 'github.com', 'huggingface.co', 'pytorch.org', 'tensorflow.org'];

/** https only, no user or port, one of the known hosts or its `www`. */
export function isAllowedLink(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.protocol !== 'https:' || url.username || url.password || url.port) return false;
  return linkHosts.includes(url.hostname.replace(/^www\./, ''));
}
