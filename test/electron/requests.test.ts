import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { channels } from '../../electron/channels.ts';
import { shellText } from '../../electron/shell-text.ts';
import * as electron from '../support/electron-stand-in.ts';

vi.mock('electron', () => import('../support/electron-stand-in.ts'));
const { answerRequests } = await import('../../electron/requests.ts');
const { state } = electron;

const connect = vi.fn();
const appearance = vi.fn();

/** A window with our page, and how its main frame asks. */
function openWindow(url = 'anneal://app/index.html#/models') {
  const window = new electron.BrowserWindow({});
  window.webContents.begin(url);
  answerRequests({ window: () => window as never, text: () => shellText('en'), connect, appearance });
  const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame };
  const ask = async (channel: string, input?: unknown, from: object = event): Promise<unknown> =>
    state.ipcHandlers.get(channel)!(from, input);
  const say = (channel: string, input?: unknown, from: object = event): void =>
    void state.ipcListeners.emit(channel, from, input);
  return { window, event, ask, say };
}

const asking: [string, unknown][] = [
  [channels.chooseFolder, undefined],
  [channels.chooseFiles, { kind: 'pictures', multiple: true }],
  [channels.saveDialog, { suggestedName: 'roses.anneal' }],
  [channels.showInFolder, tmpdir()],
  [channels.openExternal, 'https://arxiv.org/abs/1704.00109'],
];

beforeEach(() => {
  state.ipcHandlers.clear();
  state.ipcListeners.removeAllListeners();
  for (const list of [state.opened, state.shown, state.dialogs]) list.splice(0);
  state.openDialog = { canceled: true, filePaths: [] };
  state.saveDialog = { canceled: true, filePath: '' };
  connect.mockClear();
  appearance.mockClear();
});

describe('requests of the page', () => {
  it.each(asking)('are answered for the main frame of our window: %s', async (channel, input) => {
    await expect(openWindow().ask(channel, input)).resolves.not.toThrow();
  });

  describe.each<[string, (window: ReturnType<typeof openWindow>) => object]>([
    ['a frame inside the page', ({ event }) => ({ ...event, senderFrame: { url: event.senderFrame.url, parent: {} } })],
    ['another window', () => ({ sender: new electron.WebContents(), senderFrame: { url: 'anneal://app/index.html' } })],
    ['a frame that has gone', ({ event }) => ({ ...event, senderFrame: null })],
  ])('are refused from %s', (_name, from) => {
    it.each(asking)('%s', async (channel, input) => {
      const opened = openWindow();
      await expect(opened.ask(channel, input, from(opened))).rejects.toThrow('refused');
      opened.say(channels.connect, undefined, from(opened));
      opened.say(channels.appearance, { language: 'ru', theme: 'dark' }, from(opened));
      expect(connect).not.toHaveBeenCalled();
      expect(appearance).not.toHaveBeenCalled();
      expect([...state.opened, ...state.shown, ...state.dialogs]).toEqual([]);
    });
  });

  describe.each([
    'https://example.com/',
    'anneal://app/other.html',
    'anneal://app.example.com/index.html',
    'file:///a',
    '',
  ])('are refused from the page %j', (url) => {
    it.each(asking)('%s', async (channel, input) => {
      await expect(openWindow(url).ask(channel, input)).rejects.toThrow('refused');
    });
  });

  it.each<[string, unknown]>([
    [channels.chooseFolder, { title: 'x' }],
    [channels.chooseFiles, { kind: 'programs', multiple: true }],
    [channels.chooseFiles, { kind: 'pictures', multiple: true, defaultPath: '/etc' }],
    [channels.saveDialog, { suggestedName: '../../etc/passwd' }],
    [channels.saveDialog, { suggestedName: 'a\\b' }],
    [channels.saveDialog, { suggestedName: '' }],
    [channels.saveDialog, { suggestedName: 'a', extension: 'e x e' }],
    [channels.showInFolder, 'relative/path'],
    [channels.showInFolder, 5],
    [channels.showInFolder, join(tmpdir(), 'nothing-is-here-5c1f')],
    [channels.openExternal, 'https://example.com/'],
    [channels.openExternal, 'file:///etc/passwd'],
  ])('are refused with a bad input: %s %j', async (channel, input) => {
    await expect(openWindow().ask(channel, input)).rejects.toThrow();
    expect([...state.opened, ...state.shown, ...state.dialogs]).toEqual([]);
  });

  it('give what was chosen in the dialogs', async () => {
    const { ask } = openWindow();
    expect(await ask(channels.chooseFolder)).toBeNull();
    expect(await ask(channels.saveDialog, { suggestedName: 'roses.anneal', extension: 'anneal' })).toBeNull();
    state.openDialog = { canceled: false, filePaths: ['/pictures/a.jpg', '/pictures/b.jpg'] };
    state.saveDialog = { canceled: false, filePath: '/models/roses.anneal' };
    expect(await ask(channels.chooseFiles, { kind: 'pictures', multiple: true })).toEqual([
      '/pictures/a.jpg',
      '/pictures/b.jpg',
    ]);
    expect(await ask(channels.saveDialog, { suggestedName: 'roses.anneal' })).toBe('/models/roses.anneal');
    expect(state.dialogs[2]).toMatchObject({ title: 'Choose pictures', properties: ['openFile', 'multiSelections'] });
  });

  it('open known links in the browser and show what exists in the file manager', async () => {
    const { ask } = openWindow();
    const folder = mkdtempSync(join(tmpdir(), 'anneal-test-'));
    await ask(channels.openExternal, 'https://arxiv.org/abs/1704.00109');
    await ask(channels.showInFolder, folder);
    expect(state.opened).toEqual(['https://arxiv.org/abs/1704.00109']);
    expect(state.shown).toEqual([folder]);
  });

  it('ignore an appearance that does not exist', () => {
    const { say } = openWindow();
    say(channels.appearance, { language: 'xx', theme: 'dark' });
    expect(appearance).not.toHaveBeenCalled();
    say(channels.appearance, { language: 'ru', theme: 'dark' });
    expect(appearance).toHaveBeenCalledWith({ language: 'ru', theme: 'dark' });
  });
});
