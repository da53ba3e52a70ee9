import { isAllowedLink, type FileChoice, type SaveChoice, type Unsubscribe } from '../../src/protocol/bridge.ts';
import type { BrowsedFolder, ExportPlace } from '../../src/protocol/browser-host.ts';
import type { BringHooks, Drop, FolderListing, GivenFile, HostFeatures } from './client.ts';
import { askFiles } from './ask-files.ts';
import { readDrop } from './read-drop.ts';
import { send, upload } from './upload.ts';

/** A page never learns where a file lies. */
const noPath = (): null => null;

/** What a page in a browser has around it: the host's folders, uploads and downloads. */
export class BrowserHost implements HostFeatures {
  readonly kind = 'browser';
  readonly platform = platformOf(navigator.platform);
  readonly canShowInFolder = false;
  readonly #askFolder: () => Promise<string | null>;

  /** `askFolder`: lets the person choose among the host's folders. */
  constructor(askFolder: () => Promise<string | null>) {
    this.#askFolder = askFolder;
  }

  chooseFolder(): Promise<string | null> {
    return this.#askFolder();
  }

  chooseFiles(choice: FileChoice): Promise<readonly GivenFile[]> {
    return askFiles(choice, noPath);
  }

  readDrop(transfer: DataTransfer): Promise<Drop> {
    return readDrop(transfer, noPath);
  }

  async bring(drop: Drop, hooks: BringHooks = {}): Promise<readonly string[]> {
    if (drop.kind === 'unknown') return [];
    if (drop.kind === 'folder') return [drop.path ?? (await upload('folder', drop.name, drop.files, hooks))];
    const files = drop.kind === 'bundle' ? [drop.file] : drop.files;
    const paths: string[] = [];
    for (const { name, path, file } of files) {
      paths.push(path ?? (await upload('file', name, [{ path: name, file }], only(hooks.signal))));
      hooks.progress?.({ files: paths.length, bytes: 0 }, { files: files.length, bytes: 0 });
    }
    return paths;
  }

  browse(path: string | null): Promise<FolderListing> {
    const query = path === null ? '' : `?path=${encodeURIComponent(path)}`;
    return send<BrowsedFolder>(`files/browse${query}`);
  }

  async saveTarget({ suggestedName, extension }: SaveChoice): Promise<string> {
    const name =
      extension && !suggestedName.endsWith(`.${extension}`) ? `${suggestedName}.${extension}` : suggestedName;
    const place = await send<ExportPlace>(`files/export-place?name=${encodeURIComponent(name)}`);
    return place.path;
  }

  async download(path: string): Promise<void> {
    const link = document.createElement('a');
    link.href = `files/download?path=${encodeURIComponent(path)}`;
    link.download = '';
    link.click();
  }

  async showInFolder(): Promise<void> {
    // A page cannot open the file manager; see `canShowInFolder`.
  }

  openExternal(url: string): void {
    if (isAllowedLink(url)) window.open(url, '_blank', 'noopener,noreferrer');
  }

  onMenu(): Unsubscribe {
    return () => {};
  }

  onOpened(): Unsubscribe {
    return () => {};
  }

  setAppearance(): void {
    // The page is all there is.
  }

  notify(title: string, body: string): void {
    if (document.visibilityState === 'visible' || !('Notification' in window)) return;
    if (Notification.permission === 'granted') new Notification(title, { body });
  }
}

const only = (signal: AbortSignal | undefined): BringHooks => (signal ? { signal } : {});

function platformOf(name: string): HostFeatures['platform'] {
  if (/Mac|iPhone|iPad/.test(name)) return 'darwin';
  return name.startsWith('Win') ? 'win32' : 'linux';
}
