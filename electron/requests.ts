import { dialog, ipcMain, shell, type BrowserWindow, type IpcMainEvent, type IpcMainInvokeEvent } from 'electron';
import { stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import * as v from 'valibot';
import type { Appearance } from '../src/protocol/bridge.ts';
import { fileKinds } from '../src/protocol/file-kinds.ts';
import { channels } from './channels.ts';
import { fileDialog } from './file-kinds.ts';
import { openLink } from './navigation.ts';
import { appearanceSchema } from './preferences.ts';
import { isStartPage } from './scheme.ts';
import type { ShellText } from './shell-text.ts';

const fileName = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(255),
  v.check((name) => basename(name) === name && !/[\\/\0]/.test(name) && name !== '.' && name !== '..'),
);
const inputs = {
  chooseFiles: v.strictObject({ kind: v.picklist(fileKinds), multiple: v.boolean() }),
  saveDialog: v.strictObject({
    suggestedName: fileName,
    extension: v.optional(v.pipe(v.string(), v.regex(/^[a-z0-9]{1,16}$/))),
  }),
  path: v.pipe(v.string(), v.maxLength(4096), v.check(isAbsolute)),
  url: v.pipe(v.string(), v.maxLength(2048)),
};

export interface RequestsOptions {
  readonly window: () => BrowserWindow | null;
  readonly text: () => ShellText;
  /** A new page is there and wants to be connected. */
  readonly connect: () => void;
  readonly appearance: (appearance: Appearance) => void;
}

/** Answers what the page asks of the shell. Whoever is not the main frame of our window on our page is refused. */
export function answerRequests(options: RequestsOptions): void {
  const { text } = options;
  const windowOf = (event: IpcMainEvent | IpcMainInvokeEvent): BrowserWindow | null => {
    const window = options.window();
    const frame = event.senderFrame;
    const isOwn = window && event.sender === window.webContents && frame === window.webContents.mainFrame;
    return isOwn && isStartPage(frame.url) ? window : null;
  };
  /** `work` gets the window and the checked input. */
  const answer = <S extends v.GenericSchema, R>(
    channel: string,
    schema: S,
    work: (window: BrowserWindow, input: v.InferOutput<S>) => Promise<R>,
  ): void =>
    ipcMain.handle(channel, async (event, input: unknown) => {
      const window = windowOf(event);
      if (!window) throw new Error(`${channel}: refused, not from Anneal's window`);
      const parsed = v.safeParse(schema, input);
      if (!parsed.success) throw new Error(`${channel}: refused, ${parsed.issues[0].message}`);
      return work(window, parsed.output);
    });
  const hear = (channel: string, work: (input: unknown) => void): void =>
    void ipcMain.on(channel, (event, input: unknown) => {
      if (windowOf(event)) work(input);
    });

  hear(channels.connect, () => options.connect());
  hear(channels.appearance, (input) => {
    const parsed = v.safeParse(appearanceSchema, input);
    if (parsed.success) options.appearance(parsed.output);
  });

  answer(channels.chooseFolder, v.undefined(), async (window) => {
    const { menu } = text();
    const { filePaths } = await dialog.showOpenDialog(window, {
      title: menu.chooseFolder,
      properties: ['openDirectory', 'createDirectory'],
    });
    return filePaths[0] ?? null;
  });
  answer(channels.chooseFiles, inputs.chooseFiles, async (window, { kind, multiple }) => {
    const { filePaths } = await dialog.showOpenDialog(window, {
      ...fileDialog(kind, text()),
      properties: multiple ? ['openFile', 'multiSelections'] : ['openFile'],
    });
    return filePaths;
  });
  answer(channels.saveDialog, inputs.saveDialog, async (window, { suggestedName, extension }) => {
    const { canceled, filePath } = await dialog.showSaveDialog(window, {
      title: text().menu.save,
      defaultPath: suggestedName,
      ...(extension === undefined ? {} : { filters: [{ name: extension, extensions: [extension] }] }),
      properties: ['createDirectory', 'showOverwriteConfirmation'],
    });
    return canceled || !filePath ? null : filePath;
  });
  answer(channels.showInFolder, inputs.path, async (_window, path) => {
    // A path that is not there would open some folder or nothing, by the system's whim.
    await stat(path);
    shell.showItemInFolder(path);
  });
  answer(channels.openExternal, inputs.url, async (_window, url) => {
    if (!(await openLink(url))) throw new Error('refused, not a known address');
  });
}
