import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { menuTemplate, type MenuOptions } from '../../electron/menu.ts';
import { shellText } from '../../electron/shell-text.ts';
import { menuActions, menuPlaces, type MenuCommand } from '../../src/protocol/bridge.ts';

type Item = MenuItemConstructorOptions;

function made(options: Partial<MenuOptions> = {}) {
  const sent: MenuCommand[] = [];
  const opened: string[] = [];
  const template = menuTemplate({
    text: shellText('en'),
    isMac: false,
    isDevelopment: false,
    recentFolders: [],
    send: (command) => sent.push(command),
    openFolder: (path) => opened.push(path),
    showLicences: () => opened.push('licences'),
    ...options,
  });
  const items = template.flatMap((item): Item[] => flat(item));
  return { sent, opened, template, items };
}

const flat = (item: Item): Item[] => [item, ...((item.submenu as Item[] | undefined) ?? []).flatMap(flat)];
const click = (item: Item | undefined): void => (item!.click as () => void)();

describe('native menu', () => {
  it('has every command of the window once, and sends it', () => {
    const { items, sent } = made();
    const commands = [...menuActions, ...menuPlaces.map((place) => `go.${place}` as const)];
    for (const command of commands) {
      const own = items.filter(({ id }) => id === command);
      expect(own, command).toHaveLength(1);
      click(own[0]);
    }
    expect(sent).toEqual(commands);
  });

  it.each([
    ['openFolder', 'CmdOrCtrl+O'],
    ['palette', 'CmdOrCtrl+K'],
    ['primary', 'CmdOrCtrl+Enter'],
    ['pauseOrResume', 'CmdOrCtrl+.'],
    ['undo', 'CmdOrCtrl+Z'],
    ['redo', 'CmdOrCtrl+Shift+Z'],
    ['find', 'CmdOrCtrl+F'],
    ['toggleNavigation', 'CmdOrCtrl+B'],
    ['toggleInspector', 'CmdOrCtrl+I'],
    ['settings', 'CmdOrCtrl+,'],
    ['nextRegion', 'F6'],
    ['previousRegion', 'Shift+F6'],
    ['back', 'Alt+Left'],
    ['forward', 'Alt+Right'],
    ['shortcuts', '?'],
    ['go.pictures', 'CmdOrCtrl+1'],
    ['go.train', 'CmdOrCtrl+2'],
    ['go.run', 'CmdOrCtrl+3'],
    ['go.ensemble', 'CmdOrCtrl+4'],
    ['go.tryIt', 'CmdOrCtrl+5'],
    ['go.export', 'CmdOrCtrl+6'],
  ])('gives %s the key of the design, %s', (id, accelerator) => {
    expect(made().items.find((item) => item.id === id)?.accelerator).toBe(accelerator);
  });

  it.each([
    ['paste', undefined],
    ['cut', undefined],
    ['copy', undefined],
    ['selectAll', undefined],
    ['reload', 'F5'],
    ['togglefullscreen', 'F11'],
    ['close', 'CmdOrCtrl+W'],
    ['quit', 'CmdOrCtrl+Q'],
  ] as const)('leaves %s to the system', (role, accelerator) => {
    expect(made().items.find((item) => item.role === role)).toMatchObject(
      accelerator === undefined ? { role } : { role, accelerator },
    );
  });

  it('does not take the question mark from text fields', () => {
    expect(made().items.find(({ id }) => id === 'shortcuts')?.registerAccelerator).toBe(false);
    const mac = made({ isMac: true }).items.find(({ id }) => id === 'shortcuts');
    expect(mac?.accelerator).toBeUndefined();
  });

  it('follows the habits of macOS there', () => {
    const { template, items } = made({ isMac: true });
    expect(template.map(({ role, label }) => role ?? label)).toEqual([
      'appMenu',
      'File',
      'Edit',
      'View',
      'Go',
      'Action',
      'windowMenu',
      'help',
    ]);
    expect(items.find(({ id }) => id === 'back')?.accelerator).toBe('Cmd+[');
    expect(items.filter(({ role }) => role === 'quit')).toHaveLength(1);
    expect(items.filter(({ id }) => id === 'settings')).toHaveLength(1);
  });

  it('uses no key twice', () => {
    for (const isMac of [false, true]) {
      const keys = made({ isMac }).items.flatMap(({ accelerator }) => accelerator ?? []);
      expect(new Set(keys).size).toBe(keys.length);
    }
  });

  it('opens recent folders, ten at most, and says when there are none', () => {
    const recentFolders = Array.from({ length: 12 }, (_, index) => `/pictures/cats & dogs ${index}`);
    const { items, opened } = made({ recentFolders });
    const recent = items.find(({ label }) => label === 'Open recent')!.submenu as Item[];
    expect(recent).toHaveLength(10);
    expect(recent[0]!.label).toBe('cats && dogs 0 (/pictures/cats && dogs 0)');
    click(recent[3]);
    expect(opened).toEqual(['/pictures/cats & dogs 3']);
    const empty = made().items.find(({ label }) => label === 'Open recent')!.submenu as Item[];
    expect(empty).toEqual([{ label: 'No recent folders', enabled: false }]);
  });

  it('is in Russian where the language says so', () => {
    const labels = made({ text: shellText('ru') }).items.flatMap(({ label }) => label ?? []);
    expect(labels).toContain('Открыть папку…');
    expect(labels.filter((label) => !/[а-яё]/i.test(label))).toEqual([]);
  });

  it('shows developers their tools, and nobody else', () => {
    const has = (isDevelopment: boolean): boolean =>
      made({ isDevelopment }).items.some(({ role }) => role === 'toggleDevTools');
    expect([has(true), has(false)]).toEqual([true, false]);
  });
});
