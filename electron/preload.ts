import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { AnnealBridge, BridgeLink, MenuCommand, OpenedPath } from '../src/protocol/bridge.ts';
import type { FromHost, ToHost } from '../src/protocol/wire.ts';
import { channels } from './channels.ts';
import { Listeners } from './listeners.ts';

/**
 * Runs before the page, in a world of its own, and gives the page one object. What main says is passed on as values; neither
 * `ipcRenderer` nor the port itself is ever in the page's hands.
 */
interface Port {
  onmessage: ((event: { readonly data: FromHost }) => void) | null;
  postMessage(message: ToHost): void;
  close(): void;
}

const messages = new Listeners<FromHost>();
const links = new Listeners<BridgeLink>();
const menu = new Listeners<MenuCommand>();
const opened = new Listeners<OpenedPath>({ keep: true });
let link: BridgeLink = 'connecting';
let port: Port | null = null;

function setLink(state: BridgeLink): void {
  if (link === state) return;
  link = state;
  links.tell(state);
}

ipcRenderer.on(channels.port, (event) => {
  port?.close();
  port = event.ports[0] as unknown as Port;
  port.onmessage = ({ data }) => messages.tell(data);
  // Also a new host after one that went unnoticed: the page has to ask everything again.
  if (link === 'up') setLink('lost');
  setLink('up');
});
ipcRenderer.on(channels.lost, () => {
  port = null;
  if (link === 'up') setLink('lost');
});
ipcRenderer.on(channels.menu, (_event, command: MenuCommand) => menu.tell(command));
ipcRenderer.on(channels.opened, (_event, path: OpenedPath) => opened.tell(path));

const bridge = {
  platform: process.platform as AnnealBridge['platform'],
  send: (message) => port?.postMessage(message),
  onMessage: (listener) => messages.add(listener),
  onLink: (listener) => {
    listener(link);
    return links.add(listener);
  },
  chooseFolder: () => ipcRenderer.invoke(channels.chooseFolder),
  chooseFiles: (choice) => ipcRenderer.invoke(channels.chooseFiles, choice),
  saveDialog: (choice) => ipcRenderer.invoke(channels.saveDialog, choice),
  showInFolder: (path) => ipcRenderer.invoke(channels.showInFolder, path),
  openExternal: (url) => ipcRenderer.invoke(channels.openExternal, url),
  pathOfFile: (file) => webUtils.getPathForFile(file) || null,
  onMenu: (listener) => menu.add(listener),
  onOpened: (listener) => opened.add(listener),
  setAppearance: (appearance) => ipcRenderer.send(channels.appearance, appearance),
} satisfies AnnealBridge;

contextBridge.exposeInMainWorld('anneal', bridge);
ipcRenderer.send(channels.connect);
