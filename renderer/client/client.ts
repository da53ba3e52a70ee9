import type { FileChoice, MenuCommand, OpenedPath, SaveChoice, Unsubscribe } from '../../src/protocol/bridge.ts';
import type {
  CallHooks,
  CommandInput,
  CommandName,
  CommandResults,
  WorkspaceChange,
} from '../../src/protocol/engine-api.ts';
import type { StoredEvent } from '../../src/protocol/run-record.ts';

/** How the window reaches the engine; the same over a WebSocket and over Electron's message port. */
export interface AnnealClient {
  /**
   * Asks the engine. Errors are `AnnealError`. When the link is lost on the way, what only reads is asked again once it is back;
   * everything else fails with `link.lost`, because nobody can tell whether it was done.
   */
  call<C extends CommandName>(command: C, input: CommandInput<C>, hooks?: CallHooks): Promise<CommandResults[C]>;
  /**
   * Events of a run from `from` on, in order of `seq`, in batches. Goes on after the link was lost, from where it stopped. For a
   * slow window single steps may be missing, nothing else.
   */
  subscribe(
    input: { readonly runId: string; readonly from: number },
    listener: (events: readonly StoredEvent[]) => void,
  ): Unsubscribe;
  /** Tells which list to fetch again; after the link was lost all of them. */
  watch(listener: (change: WorkspaceChange) => void): Unsubscribe;
  /** Tells the state of the link at once, then each change. */
  onLink(listener: (link: Link) => void): Unsubscribe;
  /** Tries to reach the host without waiting for the next turn. */
  reconnect(): void;
  readonly host: HostFeatures;
}

/** `since`: milliseconds since 1970 of the last change. */
export interface Link {
  readonly state: 'connecting' | 'up' | 'lost';
  readonly since: number;
  /** The host is there but knows this page no more: only a new address helps. */
  readonly refused?: boolean;
}

/** A file that the user gave: by its path on this machine, or as content where the browser hides the path. */
export type GivenFile =
  | { readonly name: string; readonly path: string; readonly file: File | null }
  | { readonly name: string; readonly path: null; readonly file: File };

/** What is around the page: dialogs, files, the frame of the window. */
export interface HostFeatures {
  readonly kind: 'browser' | 'electron';
  /** Decides between Ctrl and Cmd. */
  readonly platform: 'linux' | 'darwin' | 'win32';

  /** The absolute path of a folder, by the system's dialog or the browser of the host's folders. null: none was chosen. */
  chooseFolder(): Promise<string | null>;
  /** Empty: none was chosen. */
  chooseFiles(choice: FileChoice): Promise<readonly GivenFile[]>;
  /** What was dropped or pasted. `kind` comes from the name and content; a folder in a browser holds all its files. */
  readDrop(transfer: DataTransfer): Promise<Drop>;
  /**
   * The absolute path of given files, copied to the host first where it cannot reach them. A folder gives its own path.
   * @throws AnnealError as the host refuses them; DOMException 'AbortError' when given up
   */
  bring(drop: Drop, hooks?: BringHooks): Promise<readonly string[]>;
  /** Folders that the host lets this window see; only in a browser. `path` null: the roots. */
  browse(path: string | null): Promise<FolderListing>;

  /** Where an export may be written; null: none was chosen. In a browser a place of the host's own, for `download`. */
  saveTarget(choice: SaveChoice): Promise<string | null>;
  /** Hands a written file or folder (as an archive) to the browser; in the desktop application it is there already. */
  download(path: string): Promise<void>;
  /** Opens the file manager at it; does nothing in a browser, see `canShowInFolder`. */
  showInFolder(path: string): Promise<void>;
  readonly canShowInFolder: boolean;
  /** Opens a page outside the application. */
  openExternal(url: string): void;

  /** A choice in the native menu. */
  onMenu(listener: (command: MenuCommand) => void): Unsubscribe;
  /** A folder, bundle or picture from outside the window. */
  onOpened(listener: (opened: OpenedPath) => void): Unsubscribe;
  setAppearance(appearance: { readonly language: 'en' | 'ru'; readonly theme: 'system' | 'light' | 'dark' }): void;
  /** A word to somebody who looks elsewhere. Silent where it was not allowed or the host tells it itself. */
  notify(title: string, body: string): void;
}

export type Drop =
  | {
      readonly kind: 'folder';
      readonly name: string;
      readonly path: string | null;
      readonly files: readonly DroppedFile[];
    }
  | { readonly kind: 'pictures'; readonly files: readonly GivenFile[] }
  | { readonly kind: 'bundle'; readonly file: GivenFile }
  | { readonly kind: 'unknown'; readonly names: readonly string[] };

/** `path`: inside the dropped folder, with slashes, beginning with the folder's own name. */
export interface DroppedFile {
  readonly path: string;
  readonly file: File;
}

export interface BringHooks {
  /** Copied so far, of all. */
  readonly progress?: (done: Amount, total: Amount) => void;
  readonly signal?: AbortSignal;
}

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

export interface FolderListing {
  /** null: the list of roots. */
  readonly path: string | null;
  /** The folder above; null at a root. */
  readonly parent: string | null;
  readonly folders: readonly { readonly name: string; readonly path: string }[];
  /** Pictures directly inside, to tell a class from a dataset. */
  readonly pictures: number;
}
