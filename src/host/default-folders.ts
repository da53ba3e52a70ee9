import { readFile, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';

/**
 * What pages may open when nobody says otherwise: the current folder, and where people keep pictures at home. Not the home folder
 * itself, which holds keys and passwords; not the root of the file system.
 */
export async function defaultFolders(): Promise<string[]> {
  const home = homedir();
  const named = await desktopFolders(home);
  const candidates = [process.cwd(), ...named, ...['Pictures', 'Downloads'].map((name) => join(home, name))];
  const found = new Set<string>();
  for (const folder of candidates) {
    const real = await realpath(folder).catch(() => null);
    const isFolder = real !== null && (await stat(real)).isDirectory();
    if (real !== null && isFolder && real !== home && real !== parse(real).root) found.add(real);
  }
  return [...found];
}

/** Linux desktops name these folders in the user's language. */
async function desktopFolders(home: string): Promise<string[]> {
  const config = process.env['XDG_CONFIG_HOME'] || join(home, '.config');
  const text = await readFile(join(config, 'user-dirs.dirs'), 'utf8').catch(() => '');
  return [...text.matchAll(/^XDG_(?:PICTURES|DOWNLOAD)_DIR="(.*)"$/gm)].map((match) =>
    match[1]!.replace(/^\$HOME(?=\/|$)/, home),
  );
}
