import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProcess } from './setup/run-process.ts';
import type { Log } from './setup/tensorflow-runtime.ts';

export type ElectronFound =
  | { readonly folder: string }
  | { readonly missing: { readonly version: string; readonly platform: string; readonly detail: string } };

/**
 * The unpacked release of Electron: `given` by hand, already beside its npm package, or downloaded there now (the npm package
 * brings no program, and this project lets npm run no install scripts).
 */
export async function findElectron(
  packageFolder: string,
  version: string,
  given: string | undefined,
  log: Log,
): Promise<ElectronFound> {
  const platform = `${process.platform}-${process.arch}`;
  if (given !== undefined) {
    if (await isRelease(given, version)) return { folder: given };
    return { missing: { version, platform, detail: `${given} does not hold it` } };
  }
  const folder = join(packageFolder, 'dist');
  if (await isRelease(folder, version)) return { folder };
  log(`Downloading Electron ${version} …`);
  const installed = await runProcess(process.execPath, [join(packageFolder, 'install.js')]);
  if (await isRelease(folder, version)) return { folder };
  const reason = installed.output.split('\n').find((line) => /error/i.test(line)) ?? '';
  return { missing: { version, platform, detail: reason.replace(/^\w*Error: /, '').trim() } };
}

/** Each release says its version in a file. */
async function isRelease(folder: string, version: string): Promise<boolean> {
  const holds = ['resources', 'Electron.app'].some((name) => existsSync(join(folder, name)));
  if (!holds) return false;
  const written = await readFile(join(folder, 'version'), 'utf8').catch(() => '');
  return written.trim().replace(/^v/, '') === version;
}
