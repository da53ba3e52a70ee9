import type { MenuItemConstructorOptions } from 'electron';
import { basename } from 'node:path';
import type { MenuCommand } from '../src/protocol/bridge.ts';
import type { ShellText } from './shell-text.ts';

export interface MenuOptions {
  readonly text: ShellText;
  readonly isMac: boolean;
  /** Adds what only developers of the application need. */
  readonly isDevelopment: boolean;
  /** Absolute paths, the newest first. */
  readonly recentFolders: readonly string[];
  /** Passes a command to the window; opens one where there is none. */
  readonly send: (command: MenuCommand) => void;
  readonly openFolder: (path: string) => void;
  readonly showLicences: () => void;
}

type Item = MenuItemConstructorOptions;
const separator: Item = { type: 'separator' };

/**
 * The native menu: every key of the window's design has its place here. The page hears a key first, and one that it handles never
 * reaches the menu, so nothing is done twice.
 */
export function menuTemplate(options: MenuOptions): Item[] {
  const { text, isMac } = options;
  const { menu, views } = text;
  const command = (label: string, what: MenuCommand, accelerator?: string): Item => ({
    id: what,
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    click: () => options.send(what),
  });
  const settings = command(menu.settings, 'settings', 'CmdOrCtrl+,');

  const file: Item = {
    label: menu.file,
    submenu: [
      command(menu.openFolder, 'openFolder', 'CmdOrCtrl+O'),
      { label: menu.openRecent, submenu: recentItems(options) },
      command(menu.openBundle, 'openBundle', 'CmdOrCtrl+Shift+O'),
      command(menu.openSample, 'openSample'),
      separator,
      ...(isMac ? [] : [settings, separator]),
      { role: 'close', label: menu.closeWindow, accelerator: 'CmdOrCtrl+W' },
      ...(isMac ? [] : [{ role: 'quit', label: menu.quit, accelerator: 'CmdOrCtrl+Q' } satisfies Item]),
    ],
  };
  const edit: Item = {
    label: menu.edit,
    submenu: [
      command(menu.undo, 'undo', 'CmdOrCtrl+Z'),
      command(menu.redo, 'redo', 'CmdOrCtrl+Shift+Z'),
      separator,
      { role: 'cut', label: menu.cut },
      { role: 'copy', label: menu.copy },
      { role: 'paste', label: menu.paste },
      { role: 'selectAll', label: menu.selectAll },
      separator,
      command(menu.find, 'find', 'CmdOrCtrl+F'),
    ],
  };
  const view: Item = {
    label: menu.view,
    submenu: [
      command(menu.navigation, 'toggleNavigation', 'CmdOrCtrl+B'),
      command(menu.inspector, 'toggleInspector', 'CmdOrCtrl+I'),
      separator,
      command(menu.nextRegion, 'nextRegion', 'F6'),
      command(menu.previousRegion, 'previousRegion', 'Shift+F6'),
      separator,
      { role: 'zoomIn', label: menu.zoomIn },
      { role: 'zoomOut', label: menu.zoomOut },
      { role: 'resetZoom', label: menu.actualSize },
      separator,
      { role: 'togglefullscreen', label: menu.fullScreen, accelerator: isMac ? 'Ctrl+Cmd+F' : 'F11' },
      { role: 'reload', label: menu.reload, accelerator: isMac ? 'Cmd+R' : 'F5' },
      ...(options.isDevelopment ? [{ role: 'toggleDevTools' } satisfies Item] : []),
    ],
  };
  const go: Item = {
    label: menu.go,
    submenu: [
      command(menu.palette, 'palette', 'CmdOrCtrl+K'),
      separator,
      command(menu.back, 'back', isMac ? 'Cmd+[' : 'Alt+Left'),
      command(menu.forward, 'forward', isMac ? 'Cmd+]' : 'Alt+Right'),
      separator,
      command(views.start, 'go.start'),
      command(views.dataset, 'go.pictures', 'CmdOrCtrl+1'),
      command(views.train, 'go.train', 'CmdOrCtrl+2'),
      command(views.run, 'go.run', 'CmdOrCtrl+3'),
      command(views.ensemble, 'go.ensemble', 'CmdOrCtrl+4'),
      command(views.tryIt, 'go.tryIt', 'CmdOrCtrl+5'),
      command(views.export, 'go.export', 'CmdOrCtrl+6'),
      separator,
      command(views.models, 'go.models'),
      command(views.runs, 'go.runs'),
      command(menu.job, 'go.job'),
    ],
  };
  const action: Item = {
    label: menu.action,
    submenu: [
      command(menu.primary, 'primary', 'CmdOrCtrl+Enter'),
      command(menu.pauseOrResume, 'pauseOrResume', 'CmdOrCtrl+.'),
    ],
  };
  const help: Item = {
    role: 'help',
    label: menu.help,
    submenu: [
      // Shown but not taken: in a text field the key is a question mark.
      { ...command(menu.shortcuts, 'shortcuts', isMac ? undefined : '?'), registerAccelerator: false },
      { label: menu.licences, click: options.showLicences },
      ...(isMac ? [] : [{ role: 'about', label: menu.about } satisfies Item]),
    ],
  };
  return [...(isMac ? [macMenu(text, settings)] : []), file, edit, view, go, action, ...windowMenu(options), help];
}

function recentItems({ text, recentFolders, openFolder }: MenuOptions): Item[] {
  if (recentFolders.length === 0) return [{ label: text.menu.noRecent, enabled: false }];
  return recentFolders.slice(0, 10).map((path) => ({
    // In a label of a menu an ampersand marks the key of the next letter.
    label: `${basename(path)} (${path})`.replaceAll('&', '&&'),
    click: () => openFolder(path),
  }));
}

/** The menu that carries the application's name on macOS. */
function macMenu({ menu }: ShellText, settings: Item): Item {
  return {
    role: 'appMenu',
    submenu: [
      { role: 'about', label: menu.about },
      separator,
      settings,
      separator,
      { role: 'services' },
      separator,
      { role: 'hide', label: menu.hide },
      { role: 'hideOthers', label: menu.hideOthers },
      { role: 'unhide', label: menu.showAll },
      separator,
      { role: 'quit', label: menu.quit },
    ],
  };
}

function windowMenu({ text, isMac }: MenuOptions): Item[] {
  if (!isMac) return [];
  const submenu: Item[] = [
    { role: 'minimize', label: text.menu.minimise },
    { role: 'zoom' },
    separator,
    { role: 'front' },
  ];
  return [{ role: 'windowMenu', label: text.menu.window, submenu }];
}
