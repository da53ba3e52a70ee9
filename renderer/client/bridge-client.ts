import type { AnnealBridge, FileChoice, SaveChoice } from '../../src/protocol/bridge.ts';
import type { Drop, FolderListing, GivenFile, HostFeatures } from './client.ts';
import { askFiles } from './ask-files.ts';
import { readDrop } from './read-drop.ts';
import { WireClient, type Transport } from './wire-client.ts';

/** The client of the desktop application, over what its preload script gives. */
export function bridgeClient(bridge: AnnealBridge): WireClient {
  return new WireClient(bridgeTransport(bridge), new BridgeHost(bridge));
}

function bridgeTransport(bridge: AnnealBridge): Transport {
  return {
    // A plain copy: reactive objects cannot cross.
    send: (message) => bridge.send(JSON.parse(JSON.stringify(message))),
    onMessage: (listener) => void bridge.onMessage(listener),
    // In the next turn, when all who want to know are there.
    onState: (listener) => queueMicrotask(() => bridge.onLink(listener)),
    reconnect: () => {},
  };
}

class BridgeHost implements HostFeatures {
  readonly kind = 'electron';
  readonly platform: HostFeatures['platform'];
  readonly canShowInFolder = true;
  readonly #bridge: AnnealBridge;

  constructor(bridge: AnnealBridge) {
    this.#bridge = bridge;
    this.platform = bridge.platform;
  }

  chooseFolder(): Promise<string | null> {
    return this.#bridge.chooseFolder();
  }

  async chooseFiles(choice: FileChoice): Promise<readonly GivenFile[]> {
    // Pictures are shown too, so their content is needed beside the path.
    if (choice.kind === 'pictures') return askFiles(choice, (file) => this.#bridge.pathOfFile(file));
    const paths = await this.#bridge.chooseFiles(choice);
    return paths.map((path) => ({ name: path.split(/[/\\]/).at(-1)!, path, file: null }));
  }

  readDrop(transfer: DataTransfer): Promise<Drop> {
    return readDrop(transfer, (file) => this.#bridge.pathOfFile(file));
  }

  /** Everything but a pasted picture lies on this machine; see `classify` for those. */
  async bring(drop: Drop): Promise<readonly string[]> {
    if (drop.kind === 'folder') return drop.path === null ? [] : [drop.path];
    if (drop.kind === 'unknown') return [];
    const files = drop.kind === 'bundle' ? [drop.file] : drop.files;
    return files.flatMap(({ path }) => (path === null ? [] : [path]));
  }

  async browse(): Promise<FolderListing> {
    return { path: null, parent: null, folders: [], pictures: 0 };
  }

  saveTarget(choice: SaveChoice): Promise<string | null> {
    return this.#bridge.saveDialog(choice);
  }

  /** It lies where the person wanted it. */
  async download(path: string): Promise<void> {
    await this.#bridge.showInFolder(path);
  }

  showInFolder(path: string): Promise<void> {
    return this.#bridge.showInFolder(path);
  }

  openExternal(url: string): void {
    void this.#bridge.openExternal(url);
  }

  onMenu(...args: Parameters<AnnealBridge['onMenu']>): () => void {
    return this.#bridge.onMenu(...args);
  }

  onOpened(...args: Parameters<AnnealBridge['onOpened']>): () => void {
    return this.#bridge.onOpened(...args);
  }

  setAppearance(...args: Parameters<AnnealBridge['setAppearance']>): void {
    this.#bridge.setAppearance(...args);
  }

  notify(): void {
    // The engine host tells it, also while no window is open.
  }
}
