import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleElectron } from './electron-bundle.ts';
import { findElectron } from './electron-dist.ts';
import { ensureNapiDriver } from './electron-sqlite.ts';
import { ensureSetup } from './setup/ensure-setup.ts';
import { ensureWindow } from './window.ts';

// `npm start [-- FOLDER]`: the desktop application where Electron runs, else the same window in the browser, which
// `npm start -- --browser` asks for. Further options are those of `anneal serve`.
const root = fileURLToPath(new URL('..', import.meta.url));
const log = (line: string): void => console.error(line);

const setup = await ensureSetup({ log });
if (!setup.sqlite.ready) process.exit(1);

const args = process.argv.slice(2).filter((arg) => arg !== '--browser');
const wantsBrowser = process.argv.includes('--browser');
const found = wantsBrowser ? { program: null, why: null } : await electronProgram();
if (found.why !== null) log(`${found.why} Anneal opens in the browser instead.`);
if (found.program === null) {
  const main = join(root, 'src', 'cli', 'main.ts');
  process.exitCode = await run(process.execPath, ['--import', 'tsx', main, 'serve', '--open', ...args]);
} else {
  await ensureWindow(log);
  await bundleElectron();
  await ensureNapiDriver(root, setup.cacheFolder);
  process.exitCode = await run(found.program, [root, ...args]);
}

type ElectronProgram =
  { readonly program: string; readonly why: null } | { readonly program: null; readonly why: string };

async function electronProgram(): Promise<ElectronProgram> {
  const { platform, env } = process;
  if (platform === 'linux' && process.getuid?.() === 0) return { program: null, why: 'Electron does not run as root.' };
  const desktop = platform !== 'linux' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
  if (!desktop) return { program: null, why: 'There is no desktop for Electron here.' };
  const packageFolder = join(root, 'node_modules', 'electron');
  const text = await readFile(join(packageFolder, 'package.json'), 'utf8').catch(() => null);
  if (text === null) return { program: null, why: 'Electron is not installed.' };
  const { version } = JSON.parse(text) as { version: string };
  const release = await findElectron(packageFolder, version, undefined, log);
  if ('missing' in release) {
    const detail = release.missing.detail && ` (${release.missing.detail})`;
    return { program: null, why: `Electron's program for this system cannot be fetched${detail}.` };
  }
  const names: Partial<Record<NodeJS.Platform, string>> = {
    darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
    win32: 'electron.exe',
  };
  return { program: join(release.folder, names[platform] ?? 'electron'), why: null };
}

/** Runs a program in this terminal and passes interrupts on by sharing it; gives its exit code. */
function run(program: string, programArgs: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    process.on('SIGINT', () => undefined); // the program keeps a checkpoint and ends by itself
    const child = spawn(program, programArgs, { stdio: 'inherit' });
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
