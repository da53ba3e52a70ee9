import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { _electron, type ElectronApplication } from '@playwright/test';
import { bundleElectron } from '../../../build/electron-bundle.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const packageFolder = join(root, 'node_modules', 'electron');

/** Electron's program where it was fetched; otherwise why tests in it cannot run. */
export function electronProgram(): { readonly program: string } | { readonly why: string } {
  const pathFile = join(packageFolder, 'path.txt');
  const name = existsSync(pathFile) ? readFileSync(pathFile, 'utf8').trim() : null;
  const program = name === null ? null : join(packageFolder, 'dist', name);
  if (program === null || !existsSync(program)) return { why: "Electron's program is not on this machine" };
  const { platform, env } = process;
  if (platform === 'linux' && process.getuid?.() === 0) return { why: 'Electron does not run as root' };
  if (platform === 'linux' && !env['DISPLAY'] && !env['WAYLAND_DISPLAY']) return { why: 'there is no desktop' };
  return { program };
}

/** The desktop application with data folders of its own below `memory`. Its save dialog answers with a path there. */
export async function launchElectron(program: string, memory: string): Promise<ElectronApplication> {
  await bundleElectron();
  const own = { XDG_DATA_HOME: memory, APPDATA: memory, HOME: memory };
  const env = { ...process.env, ...own } as Record<string, string>;
  const app = await _electron.launch({
    executablePath: program,
    args: [root, `--user-data-dir=${memory}/electron`],
    env,
  });
  await app.evaluate(({ dialog }, folder) => {
    dialog.showSaveDialog = (...args: unknown[]) => {
      const options = args.at(-1) as { defaultPath?: string };
      const name = (options.defaultPath ?? 'export').split(/[/\\]/).at(-1)!;
      return Promise.resolve({ canceled: false, filePath: `${folder}/${name}` });
    };
  }, memory);
  return app;
}

/** Where the application keeps its workspace when `memory` is the user's home. */
export function workspaceBelow(memory: string): string {
  if (process.platform === 'darwin') return join(memory, 'Library', 'Application Support', 'Anneal');
  return join(memory, process.platform === 'win32' ? 'Anneal' : 'anneal');
}
